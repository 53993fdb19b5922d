/** The workloads of docs/performance.md. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packagesDirectory } from '../lib/ensure.mjs'
import { generateProgram } from './synthetic.mjs'

/**
 * @typedef {object} Workload
 * @property {string} name
 * @property {string} title
 * @property {string} version changes whenever the program does: trees and recordings are kept under it
 * @property {readonly string[]} packages of bench/packages, copied with what they depend on
 * @property {() => Map<string, string>} files the program's own, `index.js` its entry
 * @property {boolean} [resolves] whether there is enough to resolve for a benchmark
 */

/** @type {readonly Workload[]} */
export const workloads = [
  {
    name: 'W1',
    title: 'lodash 4.18.1, every method by itself',
    version: '1',
    packages: ['lodash'],
    files: () => entry(lodashMethods().map((name) => `require('lodash/${name}')`)),
  },
  {
    name: 'W2',
    title: 'express 5.3.0, koa 3.3.0, fastify 5.12.8',
    version: '2',
    packages: ['express', 'koa', 'fastify'],
    files: () => entry(["require('express')", "require('koa')", "require('fastify')"]),
  },
  {
    name: 'W3',
    title: 'eslint 9.39.5 with every rule, webpack 5.112.2 with every lazy export',
    version: '1',
    packages: ['eslint', 'webpack'],
    files: () =>
      entry([
        "require('eslint')",
        "for (const [, rule] of require('eslint/use-at-your-own-risk').builtinRules) void rule.meta",
        "const groups = Object.values(require('webpack'))",
        'for (const group of groups) if (isGroup(group)) Object.values(group)',
        'function isGroup(value) {',
        "  return value !== null && typeof value === 'object'",
        '}',
      ]),
  },
  {
    name: 'W4',
    title: 'typescript 5.9.3',
    version: '1',
    packages: ['typescript'],
    files: () => entry(["module.exports = require('typescript')"]),
    resolves: false,
  },
  {
    name: 'W5',
    title: 'synthetic: 5,000 modules, 12 deep, node_modules at 4 levels',
    version: '1',
    packages: [],
    files: () => generateProgram(5_000),
  },
  {
    name: 'W6',
    title: 'react 19, react-dom/server, date-fns 3.6.0',
    version: '1',
    packages: ['react', 'react-dom', 'date-fns'],
    files: () => entry(["require('react')", "require('react-dom/server')", "require('date-fns')"]),
  },
]

/** @param {readonly string[]} lines */
function entry(lines) {
  return new Map([
    ['index.js', `${lines.join('\n')}\n`],
    ['package.json', JSON.stringify({ name: 'program', version: '1.0.0', private: true })],
  ])
}

/** Every public file of lodash, but the builds that hold all of it once more. */
function lodashMethods() {
  const whole = new Set(['fp.js', 'lodash.js', 'lodash.min.js', 'core.js', 'core.min.js'])
  return readdirSync(join(packagesDirectory, 'node_modules/lodash'))
    .filter((name) => name.endsWith('.js') && !name.startsWith('_') && !whole.has(name))
    .map((name) => name.slice(0, -'.js'.length))
}
