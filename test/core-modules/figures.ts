/** How far the surface of each builtin is node 26.10's, by the fingerprints of both. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What `fingerprint.cjs` tells of one builtin. */
export interface Fingerprint {
  readonly error?: string
  readonly members: Readonly<Record<string, string>>
  readonly functions: readonly string[]
  readonly classes: readonly string[]
  readonly extendable: readonly string[]
  readonly stubs: Readonly<Record<string, Thrown>>
}

/** What calling a stub throws, and what its mark says that it is. */
export interface Thrown {
  readonly mark: string
  readonly code?: string
  readonly message?: string
}

export type Fingerprints = Readonly<Record<string, Fingerprint>>

export interface Figures {
  readonly id: string
  readonly status: 'full' | 'partial' | 'host' | 'stub'
  /** How many members node has. */
  readonly total: number
  /** Paths that node has and lodger has not. */
  readonly missing: readonly string[]
  /** Paths that both have, but not alike. */
  readonly differing: readonly string[]
  /** Paths of what throws ERR_METHOD_NOT_IMPLEMENTED. */
  readonly stubs: readonly string[]
  /** The same, for some arguments. */
  readonly throwsForSome: readonly string[]
  /** Powers and globals that a host must give. */
  readonly needs: readonly string[]
}

const binary =
  process.env.LODGER_ORACLE_NODE ??
  fileURLToPath(new URL('../oracle/node_modules/node/bin/node', import.meta.url))

/** Powers without which a builtin works less, although it looks the same. */
const powers: Readonly<Record<string, readonly string[]>> = {
  console: ['write'],
  crypto: ['fillRandom'],
  process: ['write'],
  'stream/consumers': ['Blob'],
  timers: ['setTimeout'],
  'timers/promises': ['setTimeout'],
}

/** What throws ERR_METHOD_NOT_IMPLEMENTED for some arguments only. */
const throwsForSome: Readonly<Record<string, readonly string[]>> = {
  events: ['getEventListeners(EventTarget)', 'listenerCount(EventTarget)'],
}

/**
 * Everybody is asked in node 26.10, so that what a host gives is the same whatever node runs the tests.
 * @param whose see `ask.mjs`
 * @throws when node is not installed, or the script ends with an error
 */
export async function ask(whose: 'node' | 'lodger' | 'bare'): Promise<Fingerprints> {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: run \`npm ci\` in test/oracle`)
  const script = fileURLToPath(new URL('ask.mjs', import.meta.url))
  const { stdout } = await promisify(execFile)(binary, [script, whose], {
    maxBuffer: 1 << 26,
    env: {},
  })
  return JSON.parse(stdout)
}

/** @param bare the same builtin of lodger on a host that gives nothing */
export function compare(
  id: string,
  node: Fingerprint,
  lodger: Fingerprint,
  bare: Fingerprint,
): Figures {
  // What node names and leaves undefined, nobody can miss.
  const paths = Object.keys(node.members).filter(
    (path) => !/^(?:hidden )?undefined$/.test(node.members[path] ?? ''),
  )
  const missing = paths.filter((path) => !Object.hasOwn(lodger.members, path))
  const differing = paths.filter((path) => {
    const ours = lodger.members[path]
    return ours !== undefined && !agrees(node.members[path] ?? '', ours)
  })
  const stubs = Object.keys(lodger.stubs)
  const given = Object.keys(bare.stubs)
    .concat(Object.keys(lodger.members).filter((path) => !Object.hasOwn(bare.members, path)))
    .filter((path) => isExport(path) && path in node.members && !stubs.includes(path))
  const needs = [...(powers[id] ?? []), ...new Set(given)]
  return {
    id,
    total: paths.length,
    missing,
    differing,
    stubs,
    throwsForSome: throwsForSome[id] ?? [],
    needs,
    status: statusOf(),
  }

  function statusOf(): Figures['status'] {
    const { functions } = lodger
    if (functions.length > 0 && functions.every((path) => stubs.includes(path))) return 'stub'
    if (missing.length + differing.length + stubs.length > 0 || throwsForSome[id]) return 'partial'
    return needs.length > 0 ? 'host' : 'full'
  }
}

/** What node leaves without a name may have one: a stack trace reads better for it. */
function agrees(node: string, lodger: string): boolean {
  if (node === lodger) return true
  return / ?function \//.test(node) && node === lodger.replace(/(?<=function )[^/]*/, '')
}

function isExport(path: string): boolean {
  return /^[^.[]+$/.test(path)
}
