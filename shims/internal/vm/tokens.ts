/** A script's tokens, as far as it takes to find what it declares. */

export interface Tokens {
  readonly texts: readonly string[]
  /** Whether a line ends before the token of that index. */
  readonly startsLine: readonly boolean[]
}

const blank = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)+/y
/** Words, numbers and private names; strings; operators that assign, those that only look like it, then single signs. */
const plain =
  /[\w$#\\\u0080-\uffff]+|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|=>|={2,3}|!==?|(?:\*\*|<<|>>>?|&&|\|\||\?\?|[-+*%&|^/])=|[<>]=|\+\+|--|\.{3}|[\s\S]/y
const regularExpression = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y
/** The text of a template up to its end or to a substitution. */
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)?/y

/** Words behind which an expression begins. */
const beforeExpression =
  /^(?:return|typeof|instanceof|in|of|new|delete|void|throw|case|do|else|yield|await)$/
export const controlHead: RegExp = /^(?:if|while|for|with|await|switch|catch)$/

export function tokenize(source: string): Tokens {
  const texts: string[] = []
  const startsLine: boolean[] = []
  /** For each open bracket the token before it; a backtick for a template's substitution. */
  const heads: (string | undefined)[] = []
  let index = 0
  /** The token before the bracket that was closed last. */
  let closedHead: string | undefined

  const match = (pattern: RegExp): string => {
    pattern.lastIndex = index
    const text = pattern.exec(source)?.[0] ?? ''
    index += text.length
    return text
  }
  const readTemplatePart = () => {
    if (match(templatePart).endsWith('{')) heads.push('`')
  }

  while (index < source.length) {
    const isFirstOfLine = /[\n\r\u2028\u2029]/.test(match(blank))
    if (index >= source.length) break
    const before = texts.at(-1)
    const isRegExp = source[index] === '/' && slashBeginsRegExp(before, closedHead, isFirstOfLine)
    const text = (isRegExp && match(regularExpression)) || match(plain)
    texts.push(text)
    startsLine.push(isFirstOfLine)
    if (text === '`') readTemplatePart()
    else if (/^[([{]$/.test(text)) heads.push(before)
    else if (/^[)\]}]$/.test(text)) {
      closedHead = heads.pop()
      if (closedHead !== '`' || text !== '}') continue
      // A template with all that is in it counts as its backtick.
      texts[texts.length - 1] = '`'
      readTemplatePart()
    }
  }
  return { texts, startsLine }
}

/** Behind a block a statement begins; what looks like a division on the same line mostly is one. */
function slashBeginsRegExp(before: string | undefined, head = '', isFirstOfLine: boolean): boolean {
  if (before === undefined || beforeExpression.test(before)) return true
  if (before === ')') return controlHead.test(head)
  if (before === '}') return isFirstOfLine
  return !endsOperand(before)
}

/** Whether an operand may end with this token. */
export function endsOperand(token: string | undefined): boolean {
  return token !== undefined && /^(?:[\w$#\\"'`)\]}\u0080-\uffff]|\/..|\+\+|--)/.test(token)
}
