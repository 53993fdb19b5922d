/** Strings between quotes. */

const control = '\\x00-\\x1f\\\\\\x7f-\\x9f'
const loneSurrogates =
  '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const special = new RegExp(`[${control}]|${loneSurrogates}`)
const specials = new RegExp(special, 'g')
const specialsAndQuotes = new RegExp(`[${control}']|${loneSurrogates}`, 'g')

const letters: Record<string, string> = {
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\f': 'f',
  '\r': 'r',
  '\\': '\\',
  "'": "'",
}

function escapeOf(character: string): string {
  const letter = letters[character]
  if (letter) return `\\${letter}`
  const code = character.charCodeAt(0).toString(16)
  return code.length > 2 ? `\\u${code}` : `\\x${code.toUpperCase().padStart(2, '0')}`
}

/** As a program would write it, between the first kind of quotes that the text does not have. */
export function quote(text: string): string {
  let mark = "'"
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"'
    else if (!text.includes('`') && !text.includes('${')) mark = '`'
    else return `'${text.replace(specialsAndQuotes, escapeOf)}'`
  }
  return mark + escapeControls(text) + mark
}

/** What would move the cursor or is no character, as an escape sequence. */
export function escapeControls(text: string): string {
  return special.test(text) ? text.replace(specials, escapeOf) : text
}
