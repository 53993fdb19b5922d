/** Whatever is done to the entries of a directory, what comes of a file is what the engine makes of it. */
import * as nodeFs from 'node:fs'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { directoryCache, withCache } from 'lodger/transpile/cache'
import { afterAll, describe, expect, test } from 'vitest'
import { createRandom, type Random } from '../property/random.ts'
import { type CountingEngine, commonJs, countingEngine } from './engines.ts'

const root = mkdtempSync(join(tmpdir(), 'lodger-transpile-property-'))
afterAll(() => rmSync(root, { recursive: true }))

const words = [
  'let a',
  ': number',
  '\n',
  '\r\n',
  '0',
  ' ',
  'ä',
  '漢',
  '😀',
  '\0',
  '\ufffd',
  '\ufeff',
  '"',
  '1 with map\n',
]

function text(random: Random, most: number): string {
  return Array.from({ length: random.below(most) }, () => random.pick(words)).join('')
}

/** Each with the paths of two entries, which may be the same. */
const damages: Record<string, (random: Random, path: string, other: string) => void> = {
  'cut short': (random, path) => {
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.subarray(0, random.below(bytes.length + 1)))
  },
  'with a byte changed': (random, path) => {
    const bytes = readFileSync(path)
    if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256)
    writeFileSync(path, bytes)
  },
  'with a piece moved': (random, path) => {
    const bytes = readFileSync(path)
    const at = random.below(bytes.length + 1)
    bytes.copyWithin(random.below(bytes.length + 1), at, at + random.below(40))
    writeFileSync(path, bytes)
  },
  'with something put in': (random, path) => {
    const bytes = readFileSync(path)
    const at = random.below(bytes.length + 1)
    writeFileSync(path, [bytes.subarray(0, at), text(random, 5), bytes.subarray(at)].join(''))
  },
  'with zeros at its end': (random, path) => {
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0, random.below(bytes.length + 1)))
  },
  "with another's contents": (_random, path, other) => writeFileSync(path, readFileSync(other)),
  'with the end of another': (random, path, other) => {
    const [bytes, others] = [readFileSync(path), readFileSync(other)]
    const at = random.below(bytes.length + 1)
    writeFileSync(path, Buffer.concat([bytes.subarray(0, at), others.subarray(at)]))
  },
  'under the name of another': (_random, path, other) => renameSync(path, other),
  gone: (_random, path) => rmSync(path),
}

describe.each(Object.entries(damages))('entries that are %s', (name, damage) => {
  test('change no result', () => {
    for (let seed = 0; seed < 60; seed++) {
      const directory = join(root, `${name} ${seed}`)
      checkSeed(createRandom(seed, name.length), directory, damage)
      rmSync(directory, { recursive: true })
    }
  })
})

function checkSeed(
  random: Random,
  directory: string,
  damage: (random: Random, path: string, other: string) => void,
): void {
  // Files that are alike, under names that are alike, by two versions of an engine.
  const beginning = text(random, 20)
  const files = Array.from({ length: 6 }, (_, number) => ({
    source: beginning + text(random, 4),
    filename: `/app/${number % 3}.ts`,
    engine: countingEngine(`fake ${number % 2}`),
  }))
  const load = (engine: CountingEngine, source: string, filename: string) =>
    withCache(engine, directoryCache(nodeFs, directory))(source, filename, commonJs)

  for (let round = 0; round < 3; round++) {
    for (const { engine, source, filename } of files) {
      expect(load(engine, source, filename)).toEqual(engine(source, filename, commonJs))
    }
    const paths = readdirSync(directory).map((entry) => join(directory, entry))
    damage(random, random.pick(paths), random.pick(paths))
  }
}
