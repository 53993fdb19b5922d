/**
 * Who loads a program. Each gets a tree and times its work itself: `start` is called when it counts. What a peer needs
 * before it can load anything (`import 'jest-runtime'` takes longer than some programs) is left out for peers, never
 * for lodger.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { packagesDirectory } from '../lib/ensure.mjs'
import { importLodger } from '../lib/lodger.mjs'

/** @typedef {import('../workloads/tree.mjs').Tree} Tree */
/**
 * @typedef {object} Clock
 * @property {() => void} start begins anew what the script's start has begun
 * @property {() => void} imported what came before was lodger's own import
 * @property {() => void} load what came before was preparation: reading and filling, creating a loader
 */
/** @typedef {(tree: Tree, clock: Clock) => unknown} Contender Gives the program's exports, and keeps the loader alive. */

const packagesRequire = createRequire(join(packagesDirectory, 'index.js'))

/** Over the real disk. @type {Record<string, Contender>} */
export const diskLoaders = {
  node: (tree, clock) => {
    clock.load()
    return createRequire(tree.entry)(tree.entry)
  },

  lodger: async (tree, clock) => {
    const { createLoader } = await importLodger('hosts/node/index')
    clock.imported()
    const loader = createLoader()
    clock.load()
    return [loader, loader.main(tree.entry)]
  },

  'jest-runtime': async (tree, clock) => {
    const { createJestRuntime } = await import('./jest.mjs')
    const runtime = await createJestRuntime(tree.root)
    clock.start()
    clock.load()
    return runtime.requireModule(tree.entry)
  },
}

/** Over files in memory, which come as JSON on the disk; reading and filling counts. @type {Record<string, Contender>} */
export const memoryLoaders = {
  node: diskLoaders.node,

  'lodger over a volume': async (tree, clock) => {
    const { createLoader } = await importLodger('index')
    clock.imported()
    const loader = createLoader({ fs: readImage(tree) })
    clock.load()
    return [loader, loader.main(tree.entry)]
  },

  'the same, with hosts/node': async (tree, clock) => {
    const { createLoader } = await importLodger('hosts/node/index')
    clock.imported()
    const loader = createLoader({ fs: readImage(tree) })
    clock.load()
    return [loader, loader.main(tree.entry)]
  },

  'the same, over memfs': async (tree, clock) => {
    const { createLoader } = await importLodger('index')
    clock.imported()
    const { memfs } = packagesRequire('memfs')
    const loader = createLoader({ fs: memfs(readImage(tree)).fs })
    clock.load()
    return [loader, loader.main(tree.entry)]
  },

  almostnode: (tree, clock) => {
    const { Runtime, VirtualFS } = packagesRequire('almostnode')
    clock.start()
    const files = new VirtualFS()
    for (const [path, text] of Object.entries(readImage(tree))) files.writeFileSync(path, text)
    const runtime = new Runtime(files, { cwd: tree.root })
    clock.load()
    return [runtime, runtime.runFile(tree.entry)]
  },
}

/** @param {Tree} tree @returns {Record<string, string>} */
function readImage(tree) {
  return JSON.parse(readFileSync(tree.image, 'utf8'))
}
