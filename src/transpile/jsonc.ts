/** JSON as tsconfig.json has it: with comments, and with commas behind the last member. */

const string = /"(?:[^"\\]|\\.)*"/.source
const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//.source

/** @throws SyntaxError of `JSON.parse` */
export function parseJsonc(text: string): unknown {
  const withoutComments = text
    .replace(/^\uFEFF/, '')
    .replace(new RegExp(`(${string})|${comment}`, 'g'), (_, kept = ' ') => kept)
  const plain = withoutComments.replace(
    new RegExp(`(${string})|,(?=\\s*[}\\]])`, 'g'),
    (_, kept = '') => kept,
  )
  return plain.trim() === '' ? {} : JSON.parse(plain)
}
