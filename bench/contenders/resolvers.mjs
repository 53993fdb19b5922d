/**
 * Who answers `require.resolve`. Each takes the recorded pairs and gives a function that makes a resolver with empty
 * caches; that resolver answers a pair by its number. Only its work is timed: directories and parents are made before.
 */
import fs, { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { packagesDirectory } from '../lib/ensure.mjs'
import { importLodger } from '../lib/lodger.mjs'

/** @typedef {readonly [from: string, request: string, filename: string]} Pair */
/** @typedef {(index: number) => string | false | undefined} Resolve */
/** @typedef {(pairs: readonly Pair[], tree: import('../workloads/tree.mjs').Tree) => Promise<() => Resolve> | (() => Resolve)} Contender */

const packagesRequire = createRequire(join(packagesDirectory, 'index.js'))
const extensions = ['.js', '.json', '.node']
const conditionNames = ['node', 'require', 'node-addons']

/** @type {Record<string, Contender>} */
export const resolvers = {
  'lodger/resolve': async (pairs, tree) => {
    const { createVolume } = await importLodger('fs/volume')
    const { createResolver } = await importLodger('resolve/index')
    const volume = createVolume(readImage(tree))
    return () => {
      const resolver = createResolver({ volume })
      return (index) => resolver.resolve(pairs[index][1], pairs[index][0])
    }
  },

  "lodger's _resolveFilename": async (pairs, tree) => {
    const { createVolume } = await importLodger('fs/volume')
    const { createLoader } = await importLodger('index')
    const volume = createVolume(readImage(tree))
    return () => byModule(createLoader({ fs: volume }).Module, pairs)
  },

  'the same, over the disk': async (pairs) => {
    const { createLoader } = await importLodger('hosts/node/index')
    return () => byModule(createLoader().Module, pairs)
  },

  // Its caches of package.json and of real paths cannot be emptied.
  node: (pairs) => () => {
    Module._pathCache = Object.create(null)
    return byModule(Module, pairs)
  },

  'oxc-resolver': (pairs) => {
    const { ResolverFactory } = packagesRequire('oxc-resolver')
    const directories = pairs.map(([from]) => dirname(from))
    return () => {
      const resolver = new ResolverFactory({ conditionNames, extensions })
      return (index) => resolver.sync(directories[index], pairs[index][1]).path
    }
  },

  'enhanced-resolve': (pairs) => {
    const { CachedInputFileSystem, ResolverFactory } = packagesRequire('enhanced-resolve')
    const directories = pairs.map(([from]) => dirname(from))
    return () => {
      const resolver = ResolverFactory.createResolver({
        fileSystem: new CachedInputFileSystem(fs, 60_000),
        useSyncFileSystemCalls: true,
        conditionNames,
        extensions,
      })
      return (index) => resolver.resolveSync({}, directories[index], pairs[index][1])
    }
  },

  // Knows no `exports` and keeps nothing: its cold and warm are the same.
  resolve: (pairs) => {
    const { sync } = packagesRequire('resolve')
    const options = pairs.map(([from]) => ({
      basedir: dirname(from),
      extensions,
      preserveSymlinks: false,
    }))
    return () => (index) => sync(pairs[index][1], options[index])
  },
}

/** @param {any} ModuleOfLoader node's or lodger's @param {readonly Pair[]} pairs @returns {Resolve} */
function byModule(ModuleOfLoader, pairs) {
  /** @type {Map<string, any>} */
  const parents = new Map()
  for (const [from] of pairs) {
    if (parents.has(from)) continue
    const parent = new ModuleOfLoader(from, null)
    parent.filename = from
    parent.paths = ModuleOfLoader._nodeModulePaths(dirname(from))
    parents.set(from, parent)
  }
  const parentOf = pairs.map(([from]) => parents.get(from))
  return (index) => ModuleOfLoader._resolveFilename(pairs[index][1], parentOf[index], false)
}

/** @param {import('../workloads/tree.mjs').Tree} tree */
function readImage(tree) {
  return JSON.parse(readFileSync(tree.image, 'utf8'))
}
