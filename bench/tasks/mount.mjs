/** One file system, filled once and then again. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { now, report, since } from '../lib/clock.mjs'
import { packagesDirectory } from '../lib/ensure.mjs'
import { importLodger } from '../lib/lodger.mjs'
import { median } from '../lib/statistics.mjs'

const { contender, tree, times } = JSON.parse(process.argv[2] ?? '')
const require = createRequire(join(packagesDirectory, 'index.js'))

/** @typedef {(files: Record<string, string>) => unknown} Fill */
/** @type {Record<string, () => Fill | Promise<Fill>>} */
const contenders = {
  'lodger createVolume': async () => (await importLodger('fs/volume')).createVolume,
  'memfs Volume.fromJSON': () => {
    const { Volume } = require('memfs')
    return (files) => Volume.fromJSON(files)
  },
  'almostnode VirtualFS': () => {
    const { VirtualFS } = require('almostnode')
    return (files) => {
      const filled = new VirtualFS()
      for (const [path, text] of Object.entries(files)) filled.writeFileSync(path, text)
      return filled
    }
  },
}

const files = JSON.parse(readFileSync(tree.image, 'utf8'))
const count = Object.keys(files).length
const mount = await contenders[contender]()
let kept
function once() {
  const start = now()
  kept = mount(files)
  return (since(start).cpu * 1000) / count
}
const first = once()
const later = Array.from({ length: times }, once)
report({ first, warm: median(later), isFilled: kept !== undefined })
process.exit()
