/**
 * Puts texts into an order that compresses well: gzip finds again only what stands within the last 32 KB, so each text
 * should follow those that it has most in common with.
 */

/** Characters that have to be alike; the least that is shorter as a reference. */
const pieceLength = 6

/** Characters of the texts before that count: of more, much is out of gzip's reach when the text ends. */
const reach = 24_000

/**
 * One after the other, always the text next that is most alike the last ones.
 * @param {readonly (readonly [file: string, text: string])[]} texts the first stays the first
 */
export function orderTexts(texts) {
  const pieces = new Map(texts.map(([file, text]) => [file, piecesOf(text)]))
  const waiting = new Set(texts)
  /** @type {(typeof texts)[number][]} */
  const ordered = []
  for (
    let next = texts[0];
    next !== undefined;
    next = mostAlike(waiting, lastOf(ordered, pieces), pieces)
  ) {
    waiting.delete(next)
    ordered.push(next)
  }
  return ordered
}

/** @param {string} text */
function piecesOf(text) {
  /** @type {Set<string>} */
  const pieces = new Set()
  for (let at = 0; at + pieceLength <= text.length; at++)
    pieces.add(text.slice(at, at + pieceLength))
  return pieces
}

/**
 * @param {readonly (readonly [file: string, text: string])[]} ordered
 * @param {ReadonlyMap<string, ReadonlySet<string>>} pieces
 */
function lastOf(ordered, pieces) {
  /** @type {Set<string>} */
  const last = new Set()
  let length = 0
  for (const [file, text] of ordered.toReversed()) {
    if (length > reach) break
    length += text.length
    for (const piece of pieces.get(file) ?? []) last.add(piece)
  }
  return last
}

/**
 * @template {readonly [file: string, text: string]} Text
 * @param {ReadonlySet<Text>} waiting
 * @param {ReadonlySet<string>} last
 * @param {ReadonlyMap<string, ReadonlySet<string>>} pieces
 */
function mostAlike(waiting, last, pieces) {
  /** @type {Text | undefined} */
  let best
  let most = -1
  for (const text of waiting) {
    const own = pieces.get(text[0]) ?? new Set()
    let shared = 0
    for (const piece of own) if (last.has(piece)) shared++
    // Between their number, which prefers long texts, and their share, which prefers short ones: found by trying.
    const likeness = shared / own.size ** 0.7
    if (likeness <= most) continue
    most = likeness
    best = text
  }
  return best
}
