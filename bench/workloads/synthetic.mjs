/**
 * W5: a program of many small modules. Chains of directories 12 deep, `node_modules` at four levels (0, 3, 6, 9), packages
 * with `main` with and without extension, with `exports`, with nothing but an index, scoped and not. Deterministic.
 */

const depth = 12
const modulesPerDirectory = 8
const modulesPerPackage = 10
const nodeModulesAt = [3, 6, 9]

/**
 * @param {number} count how many modules, about
 * @returns {Map<string, string>} path relative to the program's root -> text; the entry is `index.js`
 */
export function generateProgram(count) {
  const files = new Map()
  const areas = Math.max(1, Math.round((count * 0.4) / (depth * modulesPerDirectory)))
  const packages = Math.round((count - areas * depth * modulesPerDirectory) / modulesPerPackage)
  const shared = Math.round(packages / 3)
  const places = areas * nodeModulesAt.length

  // The packages of the root form a binary tree, so that all of them are loaded and no chain of requires gets long.
  const sharedNames = range(shared).map(packageName)
  for (let index = 0; index < shared; index++) {
    const needs = [2 * index + 1, 2 * index + 2].filter((other) => other < shared)
    addPackage(
      files,
      'node_modules',
      index,
      needs.map((other) => request(other)),
    )
  }
  let next = shared
  for (let area = 0; area < areas; area++) {
    /** What modules of the running depth can require by name, nearest first. */
    let visible = sharedNames.map((_, index) => index)
    for (let level = 1; level <= depth; level++) {
      const directory = pathOf(area, level)
      if (nodeModulesAt.includes(level)) {
        const place = area * nodeModulesAt.length + nodeModulesAt.indexOf(level)
        const end = shared + Math.round(((place + 1) * (packages - shared)) / places)
        const own = range(end - next).map((offset) => next + offset)
        for (const index of own) addPackage(files, `${directory}/node_modules`, index, [])
        next = end
        visible = [...own, ...visible]
      }
      addDirectory(files, area, level, visible)
    }
  }
  const entries = range(areas).map((area) => `./${pathOf(area, 1)}`)
  files.set('index.js', moduleText(0, [...entries, request(0)]))
  files.set('package.json', JSON.stringify({ name: 'synthetic', version: '1.0.0', private: true }))
  return files
}

/** @param {Map<string, string>} files @param {number} area @param {number} level @param {readonly number[]} visible */
function addDirectory(files, area, level, visible) {
  const directory = pathOf(area, level)
  const leaves = range(modulesPerDirectory - 1)
  const deeper = level < depth ? [`./${segment(level + 1)}`] : []
  files.set(
    `${directory}/index.js`,
    moduleText(area + level, [...leaves.map((leaf) => `./leaf-${leaf}`), ...deeper]),
  )
  for (const leaf of leaves) {
    const number = (area * depth + level) * modulesPerDirectory + leaf
    const needs = [request(visible[number % Math.min(visible.length, 40)])]
    // The nearest packages are required from here or from nowhere.
    if (leaf < visible.length) needs.push(request(visible[leaf], leaf % 3 === 0))
    if (level > 1 && leaf % 2 === 1) needs.push(`../leaf-${(leaf + 3) % leaves.length}`)
    else if (level > 1 && leaf > 0) needs.push(`../../${lastSegments(area, level)}/leaf-0`)
    files.set(`${directory}/leaf-${leaf}.js`, moduleText(number, needs))
  }
}

/** The way back into a directory from two above it. @param {number} area @param {number} level */
function lastSegments(area, level) {
  const up = level - 2
  const own = range(2).map((offset) =>
    up + offset === 0 ? `area-${area}` : segment(up + offset + 1),
  )
  return own.join('/')
}

/** @param {Map<string, string>} files @param {string} directory @param {number} index @param {readonly string[]} needs */
function addPackage(files, directory, index, needs) {
  const name = packageName(index)
  const root = `${directory}/${name}`
  const manifest = { name, version: '1.0.0', description: 'Part of a benchmark', license: 'MIT' }
  const shapes = [
    { main: './lib/main.js' },
    {},
    {
      exports: {
        '.': { import: './lib/main.mjs', require: './lib/main.js' },
        './part/*': './lib/part-*.js',
      },
    },
    { main: 'lib/main' },
  ]
  files.set(`${root}/package.json`, JSON.stringify({ ...manifest, ...shapes[index % 4] }, null, 2))
  const parts = range(modulesPerPackage - 3)
  const isIndex = index % 4 === 1
  const main = isIndex ? `${root}/index.js` : `${root}/lib/main.js`
  const toLib = isIndex ? './lib' : '.'
  files.set(main, moduleText(index, [...parts.map((part) => `${toLib}/part-${part}`), ...needs]))
  for (const part of parts) {
    const needsOfPart =
      part === 0 ? ['./inner'] : [`./${part % 2 ? 'inner/' : '../lib/inner'}`, './part-0.js']
    files.set(`${root}/lib/part-${part}.js`, moduleText(index + part, needsOfPart))
  }
  files.set(`${root}/lib/inner/index.js`, moduleText(index, ['./deep']))
  files.set(`${root}/lib/inner/deep.js`, moduleText(index, []))
}

/** How a package is asked for: by its name, or for a part of it. @param {number} index @param {boolean} [part] */
function request(index, part = false) {
  const name = packageName(index)
  if (!part) return name
  return index % 4 === 2 ? `${name}/part/1` : `${name}/lib/part-1`
}

/** @param {number} index */
function packageName(index) {
  return index % 4 === 3 ? `@scope-${index % 16}/package-${index}` : `package-${index}`
}

/** @param {number} area @param {number} level */
function pathOf(area, level) {
  return [`area-${area}`, ...range(level - 1).map((offset) => segment(offset + 2))].join('/')
}

/** @param {number} level */
const segment = (level) => `depth-${level}`

/** @param {number} length */
const range = (length) => Array.from({ length }, (_, index) => index)

/** Some half a kilobyte: requires, a function that runs and two that do not. @param {number} number @param {readonly string[]} requests */
function moduleText(number, requests) {
  const needs = requests.map((text, index) => `const need${index} = require('${text}')`)
  return `'use strict'
${needs.join('\n')}

/** Adds what the modules below have found, so that each of them matters to somebody. */
function total(values) {
  let sum = ${number}
  for (const value of values) sum += value.count || 1
  return sum % 1000003
}

exports.count = total([${needs.map((_, index) => `need${index}`).join(', ')}])
exports.describe = function describe(name) {
  if (typeof name !== 'string') throw new TypeError('name must be a string')
  return name + ' number ' + exports.count
}
exports.scale = (factor) => exports.count * factor + ${number}
`
}
