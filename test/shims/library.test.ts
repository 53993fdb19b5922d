import { readdirSync } from 'node:fs'
import { builtinModules, createRequire } from 'node:module'
import { createContext, runInContext } from 'node:vm'
import { instantiate, type Library } from 'lodger/shims/library'
import { describe, expect, test } from 'vitest'
import streamLibrary from '../../shims/internal/stream-library.ts'

const folder = new URL('../../shims/libraries/', import.meta.url)
const names = readdirSync(folder).flatMap((name) =>
  name.endsWith('.js') ? [name.slice(0, -3)] : [],
)
const libraries = new Map<string, Library>()
for (const name of names) {
  libraries.set(name, (await import(new URL(`${name}.js`, folder).href)).default)
}

/** Builtins whose library has another name; where no library stands for one, node's own does here. */
const builtins: Record<string, string> = {
  stream: 'readable-stream',
  'internal/legacy-stream': 'legacy-stream',
  'internal/crypto/hmac': 'noble-hmac',
  'internal/crypto/sha2': 'noble-sha2',
}
/** What a library takes of the shims themselves. */
const parts: Record<string, typeof streamLibrary> = { 'internal/stream-library': streamLibrary }
const node = createRequire(import.meta.url)

/** The libraries as each other's builtins: enough of a loader to make them all. */
function createContextOfLibraries() {
  const made = new Map<string, unknown>()
  const required: string[] = []
  const context = {
    // Own properties: a plain assignment would reach node's setter on its own globalThis.
    global: Object.create(globalThis, { process: { value: 'what the guest put there' } }),
    require(id: string) {
      required.push(id)
      if (parts[id]) return parts[id](context as never)
      const name = builtins[id] ?? id
      const library = libraries.get(name)
      if (!library) return node(id)
      if (!made.has(name)) made.set(name, instantiate(context as never, library))
      return made.get(name)
    },
  }
  return { context: context as never as Parameters<typeof instantiate>[0], required }
}

const library = (name: string) => libraries.get(name) as Library

describe('every library', () => {
  test.each(names)('%s is made anew for each loader', (name) => {
    const [one, other] = [createContextOfLibraries(), createContextOfLibraries()]
    expect(instantiate(one.context, library(name))).not.toBe(
      instantiate(other.context, library(name)),
    )
    const known = [...builtinModules, ...Object.keys(builtins), ...Object.keys(parts)]
    expect(one.required.filter((id) => !known.includes(id))).toEqual([])
  })

  test.each(names)('%s needs no code from text', (name) => {
    const strict = createContext({}, { codeGeneration: { strings: false, wasm: false } })
    const { context } = createContextOfLibraries()
    const { define } = library(name)
    // The same function, in a realm that would refuse; what it requires comes from this one.
    const inside = runInContext(`({ ${define} }).define`, strict)
    const make = () => instantiate(context, { ...library(name), define: inside })
    expect(make).not.toThrow()
  })
})

describe('instantiate', () => {
  test('looks a global up when it is read, and takes process from the builtins', () => {
    const { context } = createContextOfLibraries()
    const scopes: Record<string, unknown>[] = []
    const define: Library['define'] = (_exports, _require, _module, scope) => {
      scopes.push(scope as Record<string, unknown>)
    }
    instantiate(context, { name: 'probe', needs: ['later', 'process', 'globalThis'], define })
    const [scope] = scopes
    expect(scope?.later).toBeUndefined()
    context.global.later = 1
    expect(scope?.later).toBe(1)
    expect(scope?.process).toBe(context.require('process'))
    expect(scope?.globalThis).toBe(context.global)
  })

  test('gives a library the builtins of its loader', () => {
    const { context } = createContextOfLibraries()
    const { EventEmitter } = context.require('events')
    const { Readable } = instantiate(context, library('readable-stream'))
    expect(new Readable()).toBeInstanceOf(EventEmitter)
  })
})
