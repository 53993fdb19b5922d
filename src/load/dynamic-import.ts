/**
 * A guest's `import()` must not reach the host's importer, which would look for the module in the wrong world.
 * So each call is given another callee of the same length; line and column of everything stay as they were.
 */

/**
 * The source with `import(…)` calling `callee(…)` instead, `import.source(…)` its member, and that name; `undefined` when there is nothing to change.
 */
export function confineImports(source: string): { source: string; callee: string } | undefined {
  if (!mentionsInCode(source)) return undefined
  const calls = findImportCalls(source)
  if (calls.length === 0) return undefined
  const callee = unusedName(source)
  let text = ''
  let from = 0
  for (const start of calls) {
    text += source.slice(from, start) + callee
    from = start + 'import'.length
  }
  return { source: text + source.slice(from), callee }
}

/** As long as `import`, and nowhere in the text. */
function unusedName(source: string): string {
  for (let number = 0; ; number++) {
    const name = `$${number.toString(36).padStart(5, '_')}`
    if (!source.includes(name)) return name
  }
}

/**
 * Whether some mention lies in code when its line is read by itself. Large files mention `import(` in comments and
 * strings of one line; only for the others the whole text is worth reading.
 */
function mentionsInCode(source: string): boolean {
  // Of most texts nothing else is asked.
  if (!source.includes('import')) return false
  for (const { index } of source.matchAll(mention)) {
    const lineStart = source.lastIndexOf('\n', index) + 1
    if (!endsInStringOrComment(source.slice(lineStart, index))) return true
  }
  return false
}

/** A parenthesis follows or `.source`, or a comment that may have one behind it. */
const mention = /import\s*(?:\(|\/[*/]|\.\s*(?:source\b|\/[*/]))/g

/** Only what is beyond doubt: a slash may begin a regular expression, and then quotes mean nothing. */
function endsInStringOrComment(line: string): boolean {
  if (/^\s*(?:\*|\/\*|\/\/)/.test(line)) return true
  const rest = line.replace(
    /\/\*.*?\*\/|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`/g,
    '',
  )
  if (/^[^/"'`]*\/\//.test(rest)) return true
  // In a template it may be the code of a substitution.
  return /^[^/]*["'`][^/]*$/.test(rest) && !/`[^`]*\$\{/.test(rest)
}

/** Keywords behind which a slash begins a regular expression. */
const beforeExpression =
  /(?:^|[^\w$.])(?:return|typeof|instanceof|in|of|new|delete|void|throw|case|do|else|yield|await|extends)$/
const controlHead = /(?:^|[^\w$.])(?:if|while|for|with)\s*$/

/** What no engine takes, whatever it knows: it is left to it, so that its SyntaxError is the guest's. */
const wrongArguments = /^\s*(?:\)|\.\.\.)/
const constructing = /(?:^|[^\w$.])new$/

interface Bracket {
  readonly open: string
  /** The start of `import` when this is its parenthesis. */
  readonly call: number | undefined
  /** `if (`, `while (`, …: a slash behind the closing parenthesis begins a regular expression. */
  readonly isControl: boolean
}

/** The offsets of each `import` that is called; strings, comments, templates, regular expressions and methods apart. */
export function findImportCalls(source: string): number[] {
  const calls: number[] = []
  const brackets: Bracket[] = []
  /** The offset behind the last token, and whether a slash there begins a regular expression. */
  let tokenEnd = 0
  let slashIsRegExp = true
  let index = 0
  while (index < source.length) {
    const nothingEnd = endOf(nothing, source, index)
    if (nothingEnd > index) {
      index = nothingEnd
      continue
    }
    const character = source.charAt(index)
    const pair = source.substr(index, 2)
    if (character === '"' || character === "'") {
      index = endOfString(source, index, character)
      slashIsRegExp = false
    } else if (character === '`') {
      index = endOfTemplateText(source, index + 1, brackets)
      slashIsRegExp = source.charAt(index - 1) === '{'
    } else if (character === '/' && slashIsRegExp) {
      index = Math.max(endOf(regExp, source, index), index + 1)
      slashIsRegExp = false
    } else if (endOf(word, source, index) > index) {
      const end = endOf(word, source, index)
      const isMember = source.charAt(tokenEnd - 1) === '.' && source.charAt(tokenEnd - 2) !== '.'
      const opens = source.slice(index, end) === 'import' && !isMember && opensCall(source, end)
      if (opens) {
        const open = source.indexOf('(', end)
        const isError =
          wrongArguments.test(source.slice(open + 1, open + 100)) ||
          constructing.test(source.slice(Math.max(0, tokenEnd - 4), tokenEnd))
        brackets.push({ open: '(', call: isError ? undefined : index, isControl: false })
        index = open + 1
        slashIsRegExp = true
      } else {
        slashIsRegExp = !isMember && beforeExpression.test(source.slice(Math.max(0, end - 12), end))
        index = end
      }
    } else if (character === '(' || character === '[' || character === '{') {
      const isControl =
        character === '(' && controlHead.test(source.slice(Math.max(0, index - 12), index))
      brackets.push({ open: character, call: undefined, isControl })
      slashIsRegExp = true
      index++
    } else if (character === ')' || character === ']' || character === '}') {
      const bracket = brackets.pop()
      index++
      if (bracket?.open === '${') {
        index = endOfTemplateText(source, index, brackets)
        slashIsRegExp = source.charAt(index - 1) === '{'
      } else {
        const isMethod = /^\s*\{/.test(source.slice(index, index + 80))
        if (bracket?.call !== undefined && !isMethod) calls.push(bracket.call)
        // Behind a block a statement begins; what looks like a division there mostly is one inside an expression.
        slashIsRegExp =
          bracket?.isControl === true || (character === '}' && startsLine(source, index))
      }
    } else {
      slashIsRegExp = pair !== '++' && pair !== '--' ? true : slashIsRegExp
      index += pair === '++' || pair === '--' ? 2 : 1
    }
    tokenEnd = index
  }
  return calls.sort((a, b) => a - b)
}

/** Nothing but space and comments between the word and its parenthesis, and perhaps `.source`. */
function opensCall(source: string, end: number): boolean {
  return callOpening.test(source.slice(end, end + 2000))
}

const space = '(?:\\s|/\\*[\\s\\S]*?\\*/|//[^\\n]*\\n)*'
const callOpening = new RegExp(`^${space}(?:\\.${space}source${space})?\\(`)

function startsLine(source: string, index: number): boolean {
  return /^[ \t]*\r?\n/.test(source.slice(index, index + 200))
}

/** Behind what a sticky pattern finds there; 0 where that is nothing. */
function endOf(pattern: RegExp, source: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(source) ? pattern.lastIndex : 0
}

/** Space and comments. */
const nothing = /\s+|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/y
const word = /[\w$\u0080-\uffff]+/y
const regExp = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])*\/[\w$\u0080-\uffff]*/y

function endOfString(source: string, start: number, quote: string): number {
  for (let index = start + 1; index < source.length; index++) {
    const character = source.charAt(index)
    if (character === '\\') index++
    else if (character === quote || character === '\n') return index + 1
  }
  return source.length
}

/** Behind the closing quote, or behind `${`, which is put on the stack. */
function endOfTemplateText(source: string, start: number, brackets: Bracket[]): number {
  for (let index = start; index < source.length; index++) {
    const character = source.charAt(index)
    if (character === '\\') index++
    else if (character === '`') return index + 1
    else if (character === '$' && source.charAt(index + 1) === '{') {
      brackets.push({ open: '${', call: undefined, isControl: false })
      return index + 2
    }
  }
  return source.length
}
