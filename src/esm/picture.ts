/**
 * What node puts before an error in a module's text: the place, its line, and carets below.
 * @param start an offset into the text
 */
export function pictureOf(url: string, source: string, start: number, length: number): string {
  const before = source.slice(0, start)
  const lineStart = before.lastIndexOf('\n') + 1
  const number = before.split('\n').length
  const pointer = ' '.repeat(start - lineStart) + '^'.repeat(length)
  return `${url}:${number}\n${lineAt(source, lineStart)}\n${pointer}\n`
}

/** The rest of the line. */
export function lineAt(source: string, start: number): string {
  return /.*/.exec(source.slice(start))?.[0] ?? ''
}

/** The error with it before its stack, where engines do not put one there themselves. */
export function withPicture(error: SyntaxError, url: string, picture: string): SyntaxError {
  const { name, message, stack = '' } = error
  if (stack.includes(url)) return error
  const head = `${name}: ${message}`
  error.stack = `${picture}${stack.startsWith(head) ? stack : `${head}\n${stack}`}`
  return error
}
