/**
 * A file of JSON, with or without a byte order mark.
 * @param name what errors call it
 * @throws SyntaxError, the engine's own behind that name
 */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch (thrown) {
    const error = thrown as Error
    error.message = `${name}: ${error.message}`
    throw error
  }
}
