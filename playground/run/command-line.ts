/** What was typed as arguments and variables, read as a shell would read it. */

/** @throws when a quote is not closed */
export function readWords(typed: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < typed.length; index++) {
    const character = typed[index] as string
    if (quote !== '') {
      if (character === quote) quote = ''
      else word = (word ?? '') + character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (character === '\\' && index + 1 < typed.length) {
      word = (word ?? '') + typed[++index]
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (quote !== '') throw new Error(`The quote ${quote} is not closed in: ${typed}`)
  return word === undefined ? words : [...words, word]
}

/** @throws when a word is not `NAME=value` */
export function readVariables(typed: string): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const word of readWords(typed)) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? []
    if (name === undefined || value === undefined) {
      throw new Error(`Environment variables look like NAME=value, and ${word} does not.`)
    }
    variables[name] = value
  }
  return variables
}
