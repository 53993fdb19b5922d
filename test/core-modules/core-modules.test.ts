/** Every builtin beside node 26.10's own. `npm run core-modules` writes the page and the record that are read here. */
import { readFileSync, writeFileSync } from 'node:fs'
import { builtins } from 'lodger/shims/table'
import { beforeAll, describe, expect, test } from 'vitest'
import { ask, compare, type Figures, type Fingerprint, type Fingerprints } from './figures.ts'
import { pageOf, readRecord, recordOf } from './page.ts'

const pageFile = new URL('../../docs/core-modules.md', import.meta.url)
const recordFile = new URL('record.txt', import.meta.url)
const howTo = 'Run `npm run core-modules`, look at what has changed, and commit it.'

/** `module` is the loader's own. */
const ids = [...Object.keys(builtins).filter((id) => !id.startsWith('internal/')), 'module'].sort()

let node: Fingerprints
let lodger: Fingerprints
let bare: Fingerprints
let all: readonly Figures[]

beforeAll(async () => {
  ;[node, lodger, bare] = await Promise.all([ask('node'), ask('lodger'), ask('bare')])
  all = ids.map((id) => compare(id, of(node, id), of(lodger, id), of(bare, id)))
  if (process.env.LODGER_CORE_MODULES !== 'write') return
  writeFileSync(pageFile, pageOf(all))
  writeFileSync(recordFile, recordOf(all))
})

test('the list is that of node', () => {
  expect(Object.keys(node).sort()).toEqual(ids)
})

test('the page is up to date', () => {
  expect(readFileSync(pageFile, 'utf8'), howTo).toBe(pageOf(all))
  expect(readFileSync(recordFile, 'utf8'), howTo).toBe(recordOf(all))
})

describe.each(ids)('%s', (id) => {
  test('agrees with node where it did', () => {
    const record = readRecord(readFileSync(recordFile, 'utf8'))
    const figures = all.find((each) => each.id === id) as Figures
    const apart = [...figures.missing, ...figures.differing].filter(
      (path) => !record.get(`${id} apart`)?.includes(path),
    )
    const told = (path: string) =>
      `${id}.${path} is ${of(lodger, id).members[path]}, in node ${of(node, id).members[path]}`
    expect(apart.map(told)).toEqual([])
    const throwing = figures.stubs.filter((path) => !record.get(`${id} throws`)?.includes(path))
    expect(throwing, 'throws ERR_METHOD_NOT_IMPLEMENTED, and did not').toEqual([])
  })

  test('can be imported on any host', () => {
    expect(of(lodger, id).error ?? of(bare, id).error).toBeUndefined()
  })

  test("can be extended where node's can", () => {
    const { extendable, members } = of(lodger, id)
    const rigid = of(node, id).classes.filter(
      (path) => Object.hasOwn(members, path) && !extendable.includes(path),
    )
    expect(rigid).toEqual([])
  })

  test('says of what is absent what it is, on which host, and what to do', () => {
    const unclear = [
      ...Object.entries(of(lodger, id).stubs),
      ...Object.entries(of(bare, id).stubs),
    ].filter(([path, { mark, code, message = '' }]) => {
      const [, name, host, remedy] =
        /^The (.+) method is not implemented by lodger on host '(\w+)'\. (.+)$/.exec(message) ?? []
      const member =
        path
          .replace(/^\(exports\)$/, '')
          .split('.')
          .at(-1) ?? ''
      return !(
        code === 'ERR_METHOD_NOT_IMPLEMENTED' &&
        name === mark &&
        mark.endsWith(member) &&
        host !== undefined &&
        remedy?.includes('createLoader({ overrides: {')
      )
    })
    expect(unclear).toEqual([])
  })
})

function of(fingerprints: Fingerprints, id: string): Fingerprint {
  const { [id]: fingerprint } = fingerprints
  if (fingerprint === undefined) throw new Error(`${id} was not asked for`)
  const nothing = { members: {}, functions: [], classes: [], extendable: [], stubs: {} }
  return { ...nothing, ...fingerprint }
}
