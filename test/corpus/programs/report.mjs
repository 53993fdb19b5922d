/**
 * The main program for programs that are ES modules: each of their exports is a call. Prints what `report.cjs` prints.
 *
 *     node report.mjs ./chalk-5.mjs watched
 *
 * Only hooks are told which ES modules are loaded. But a loader with hooks takes another way than one without, so they
 * are there only when the second argument asks for them; `files` is absent otherwise.
 */
import { registerHooks } from 'node:module'
import outcomesOf from './outcomes.cjs'

const [, , program, watched] = process.argv
const packages = new URL('../node_modules/', import.meta.url).href
const loaded = new Set()

if (watched) {
  registerHooks({
    resolve(specifier, context, next) {
      const result = next(specifier, context)
      if (result.url.startsWith(packages)) loaded.add(result.url.slice(packages.length))
      return result
    },
  })
}

const calls = await outcomesOf(await import(program))
console.log(JSON.stringify({ calls, files: watched && [...loaded].sort() }))
