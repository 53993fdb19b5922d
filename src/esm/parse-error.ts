/** What the parser lets pass, in V8's words, with its place. */
export function syntaxError(message: string, start: number, length: number): SyntaxError {
  return Object.assign(new SyntaxError(message), { start, end: start + length })
}
