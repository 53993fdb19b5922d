/**
 * What stands in a store. The question in full: who was asked, about which file, and the source itself. Behind it the
 * answer, with a digest of both. The key is a digest too, but it only says where to look. So neither two texts with one
 * key, which somebody could make on purpose, nor a damaged entry ever yield wrong code.
 */
import type { Transpiled } from '../seams.ts'
import { digest } from './digest.ts'

/** With the version of the package, as what lodger does to a text before and after an engine is part of the result too. */
const shape = 'lodger 0.1.0 transpiled'

const digestLength = 32

export interface Question {
  /** All that the result depends on: two questions are the same only if all their parts are. */
  readonly text: string
  /** Where the answer is to be looked for. */
  readonly key: string
}

/** @param options of the transpiler, as far as JSON can say them */
export function createQuestion(
  identity: string,
  options: unknown,
  filename: string,
  source: string,
): Question {
  // With its length, no source can go on where another ends, and bring an answer along.
  const head = JSON.stringify([identity, options, filename, source.length])
  const text = `${shape}\n${head}\n${source}\n`
  return { text, key: digest(text) }
}

/** @returns `undefined` for what would not come back as it was: UTF-8 has no halves of pairs, and a text has no objects */
export function entryText({ text, key }: Question, { code, map }: Transpiled): string | undefined {
  if (typeof code !== 'string' || (map !== undefined && typeof map !== 'string')) return undefined
  const body = `${code.length} ${map === undefined ? 'without' : 'with'} map\n${code}${map ?? ''}`
  const entry = text + checksum(key, body) + body
  return loneSurrogate.test(entry) ? undefined : entry
}

const loneSurrogate = /\p{Surrogate}/u

/** @returns `undefined` unless the entry is whole and answers this very question */
export function answerOf({ text, key }: Question, entry: unknown): Transpiled | undefined {
  if (typeof entry !== 'string' || entry.slice(0, text.length) !== text) return undefined
  const bodyStart = text.length + digestLength
  const body = entry.slice(bodyStart)
  if (checksum(key, body) !== entry.slice(text.length, bodyStart)) return undefined
  const headEnd = body.indexOf('\n')
  const [codeLength, hasMap] = body.slice(0, headEnd).split(' ')
  const codeEnd = headEnd + 1 + Number(codeLength)
  const code = body.slice(headEnd + 1, codeEnd)
  return hasMap === 'with' ? { code, map: body.slice(codeEnd) } : { code }
}

/** Of the question too, as a damaged entry may be made of two whole ones. */
function checksum(key: string, body: string): string {
  return digest(key + body)
}
