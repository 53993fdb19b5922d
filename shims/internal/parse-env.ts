/** The text of a `.env` file to its variables. https://nodejs.org/docs/latest-v26.x/api/environment_variables.html#dotenv */

export function parseEnv(content: string): Record<string, string> {
  const variables: Record<string, string> = Object.create(null)
  let rest = content.replaceAll('\r\n', '\n').replaceAll('\r', '\n').trimStart()
  while (rest !== '') {
    const lineEnd = endOfLine(rest)
    const equals = rest.indexOf('=')
    if (rest.startsWith('#') || equals === -1 || equals > lineEnd) {
      rest = rest.slice(lineEnd + 1).trimStart()
      continue
    }
    const name = rest
      .slice(0, equals)
      .trim()
      .replace(/^export\s+/, '')
    const [value, next] = readValue(rest.slice(equals + 1))
    if (name !== '') variables[name] = value
    rest = next.trimStart()
  }
  return variables
}

/** The value, and what stands behind its line. */
function readValue(text: string): [value: string, rest: string] {
  const lineEnd = endOfLine(text)
  const line = text.slice(0, lineEnd)
  const start = text.length - text.replace(/^[ \t]+/, '').length
  const quote = text.charAt(start)
  if (quote === '"' || quote === "'" || quote === '`') {
    const end = text.indexOf(quote, start + 1)
    if (end !== -1) {
      const inside = text.slice(start + 1, end)
      const value = quote === '"' ? inside.replaceAll('\\n', '\n') : inside
      return [value, text.slice(end + 1 + endOfLine(text.slice(end + 1)))]
    }
  }
  // An open quote does not hold anything: the line is taken as it is.
  const comment = line.indexOf('#')
  const value = comment === -1 ? line : line.slice(0, comment)
  return [value.trim(), text.slice(lineEnd + 1)]
}

function endOfLine(text: string): number {
  const index = text.indexOf('\n')
  return index === -1 ? text.length : index
}
