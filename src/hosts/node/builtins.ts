/**
 * What lodger takes of node itself, by `require`: an ES module's `import` reads every export of a builtin, and with them
 * getters that make streams and load half of `fs`.
 */
import { createRequire } from 'node:module'

export const require: NodeJS.Require = createRequire(import.meta.url)

export const fs: typeof import('node:fs') = require('node:fs')
const util: typeof import('node:util') = require('node:util')
const vm: typeof import('node:vm') = require('node:vm')
/** When a guest first needs it: node loads it late as well. */
export const storageClass = (): typeof import('node:async_hooks').AsyncLocalStorage =>
  require('node:async_hooks').AsyncLocalStorage
export const types: typeof util.types = util.types
export const compileFunction: typeof vm.compileFunction = vm.compileFunction
export const Script: typeof vm.Script = vm.Script
