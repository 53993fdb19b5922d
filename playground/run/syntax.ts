/** Where a text stops being JavaScript: an engine tells that only of scripts that it loads by itself. */

export interface SyntaxPlace {
  readonly line: number
  readonly column: number
}

const open = '(function (exports, require, module, __filename, __dirname) { '
/** Nothing of the text runs; a word says that it is JavaScript after all. */
const close = '\n}); postMessage("parsed")'

/** Asks a worker of its own. */
export function findSyntaxError(text: string): Promise<SyntaxPlace | undefined> {
  const source = open + text.replace(/^#!/, '//') + close
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(address)
  return new Promise<SyntaxPlace | undefined>((resolve) => {
    worker.addEventListener('message', () => resolve(undefined))
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      resolve(placeOf(event, text))
    })
  }).finally(() => {
    worker.terminate()
    URL.revokeObjectURL(address)
  })
}

/** The end of the text is where `close` begins. */
function placeOf({ lineno, colno }: ErrorEvent, text: string): SyntaxPlace | undefined {
  if (!lineno) return undefined
  const lines = text.split('\n')
  const last = lines.at(-1) ?? ''
  if (lineno > lines.length) return { line: lines.length, column: last.length + 1 }
  return { line: lineno, column: lineno === 1 ? Math.max(colno - open.length, 1) : colno }
}
