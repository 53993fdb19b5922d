/** A realm with nothing in it but the language, and lodger's script evaluated there. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { constants, createContext, runInContext, Script } from 'node:vm'
import type { composeLoader } from '../../compose.ts'
import type { createLoader } from '../../index.ts'

/** What the script gives: the engine as the guest's realm knows it. */
export interface LodgerInRealm {
  readonly createLoader: typeof createLoader
  readonly composeLoader: typeof composeLoader
}

export interface Realm {
  /** What `vm` runs scripts in. */
  readonly context: object
  /** The realm's `globalThis`. */
  readonly global: object
  readonly lodger: LodgerInRealm
}

/** Parsed once; every realm runs the same code. */
let script: Script | undefined

export function createRealm(): Realm {
  script ??= readScript()
  const context = createContext(emptyObject())
  const global: object = runInContext('globalThis', context)
  // V8 puts a console for its inspector into every realm: a guest would print where nobody looks.
  Reflect.deleteProperty(global, 'console')
  return { context, global, lodger: script.runInContext(context) }
}

/** An ordinary global object where node can make one: without interceptors, which cost 50 times as much per access. */
function emptyObject(): object {
  const { DONT_CONTEXTIFY }: { DONT_CONTEXTIFY?: unknown } = constants
  // Declared as a number, but a symbol or an object of a kind that only node makes.
  return (DONT_CONTEXTIFY ?? {}) as object
}

function readScript(): Script {
  const filename = fileURLToPath(import.meta.resolve('lodger/lodger.iife.js'))
  // In a function, so that the realm gets no global `lodger`.
  const text = `(() => {${readFileSync(filename, 'utf8')}\nreturn lodger })()`
  return new Script(text, { filename })
}
