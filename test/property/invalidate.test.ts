/** Random graphs of mixed files: what `loader.invalidate` drops, and what then runs again, is what a model says. */
import { createLoader } from 'lodger'
import { createVolume } from 'lodger/fs/volume'
import { expect, test } from 'vitest'
import { createRandom, type Random } from './random.ts'

interface File {
  readonly path: string
  /** Places of others, all behind its own, so that none is in a cycle. */
  readonly needs: readonly number[]
  readonly text: string
}

/** One evaluation of a file, and of those that it needs what it got. */
interface Version {
  readonly path: string
  readonly needs: readonly Version[]
}

function randomFiles(random: Random): File[] {
  const count = 3 + random.below(8)
  const paths = Array.from(
    { length: count },
    (_, place) => `/m${place}.${random.pick(['cjs', 'mjs', 'cjs', 'mjs', 'json'])}`,
  )
  return paths.map((path, place) => {
    const later = paths.map((_, other) => other).slice(place + 1)
    const needs = path.endsWith('.json') ? [] : later.filter(() => random.percent(40))
    return {
      path,
      needs,
      text: textOf(
        path,
        needs.map((other) => paths[other] as string),
        random,
      ),
    }
  })
}

function textOf(path: string, needs: readonly string[], random: Random): string {
  if (path.endsWith('.json')) return '{}'
  const lines = needs.map((other) => {
    const isJson = other.endsWith('.json')
    if (path.endsWith('.cjs')) return `require('.${other}')`
    if (other.endsWith('.cjs') && random.percent(20)) return `own('.${other}')`
    return `import '.${other}'${isJson ? " with { type: 'json' }" : ''}`
  })
  const head = path.endsWith('.cjs')
    ? ''
    : "import { createRequire } from 'module'; const own = createRequire(import.meta.url);\n"
  // Imports run first, wherever they stand.
  const inOrder = lines.sort((a, b) => Number(a.startsWith('own')) - Number(b.startsWith('own')))
  return `${head}${inOrder.join('\n')}\nruns.push('${path}')`
}

function reaches(version: Version, path: string): boolean {
  return version.path === path || version.needs.some((needed) => reaches(needed, path))
}

test.each(Array.from({ length: 80 }, (_, index) => index))('seed %i', async (seed) => {
  const random = createRandom(seed, 4)
  const files = randomFiles(random)
  const runs: string[] = []
  const fs = createVolume()
  for (const { path, text } of files) fs.put(path, text)
  const loader = createLoader({ fs, globals: { runs } })
  const versions = new Map<string, Version>()

  /** @returns what has to run for it */
  const loadAll = async () => {
    const made: string[] = []
    for (const { path, needs } of [...files].reverse()) {
      if (versions.has(path)) continue
      const got = needs.map((other) => versions.get((files[other] as File).path) as Version)
      versions.set(path, { path, needs: got })
      if (!path.endsWith('.json')) made.push(path)
    }
    for (const { path } of files) {
      if (path.endsWith('.json') || random.percent(50)) loader.require(path)
      else await loader.import(path)
    }
    return made.sort()
  }

  await loadAll()
  runs.length = 0
  for (let step = 0; step < 6; step++) {
    const { path } = random.pick(files)
    const dependents = random.percent(50)
    const expected = [...versions.values()]
      .filter((version) => (dependents ? reaches(version, path) : version.path === path))
      .map((version) => version.path)
    const what = `step ${step}: ${path}${dependents ? ' with dependents' : ''}`
    expect(loader.invalidate(path, { dependents }).sort(), what).toEqual(expected.sort())
    for (const dropped of expected) versions.delete(dropped)
    expect(await loadAll(), what).toEqual(runs.splice(0).sort())
  }
})
