/** Where a text stops being JavaScript. */

export interface SyntaxPlace {
  readonly line: number
  readonly column: number
}

const open = '(function (exports, require, module, __filename, __dirname) { '
const close = '\n})'

/** Nothing of the text runs. */
export async function findSyntaxError(
  text: string,
  isModule: boolean,
): Promise<SyntaxPlace | undefined> {
  if (isModule) return await askWorker(text, 'module')
  const source = open + text.replace(/^#!/, '//') + close
  const told = askEval(source) ?? (await askWorker(source, 'classic'))
  if (told === undefined) return undefined
  const { line, column } = told
  const lines = text.split('\n')
  // Something is open at the end of the text: there `close` begins.
  if (line > lines.length) return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
  return { line, column: line === 1 ? Math.max(column - open.length, 1) : column }
}

/** SpiderMonkey tells it of all errors. */
function askEval(source: string): SyntaxPlace | undefined {
  try {
    // biome-ignore lint/security/noGlobalEval: it makes a function that nobody calls
    globalThis.eval(source)
  } catch (error) {
    const { lineNumber, columnNumber } = error as { lineNumber?: number; columnNumber?: number }
    if (lineNumber && columnNumber) return { line: lineNumber, column: columnNumber }
  }
  return undefined
}

/** V8 tells it only of scripts that it loads by itself, so a worker of its own loads the text. */
function askWorker(source: string, type: WorkerType): Promise<SyntaxPlace | undefined> {
  // A word says that it is JavaScript after all. Of a module that needs others an error without a place says so.
  const script = new Blob([source, '; postMessage("parsed")'], { type: 'text/javascript' })
  const address = URL.createObjectURL(script)
  const worker = new Worker(address, { type })
  return new Promise<SyntaxPlace | undefined>((resolve) => {
    worker.addEventListener('message', () => resolve(undefined))
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      resolve(event.lineno ? { line: event.lineno, column: event.colno } : undefined)
    })
  }).finally(() => {
    worker.terminate()
    URL.revokeObjectURL(address)
  })
}
