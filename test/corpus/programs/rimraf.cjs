const { existsSync, mkdirSync, readdirSync, writeFileSync } = require('fs')
const { join } = require('path')
const scratch = require('./scratch.cjs')

function plant(directory) {
  mkdirSync(join(directory, 'tree', 'deep'), { recursive: true })
  for (const name of ['a.js', 'b.js', 'c.txt']) writeFileSync(join(directory, 'tree', name), name)
  writeFileSync(join(directory, 'tree', 'deep', 'd'), 'd')
}

require('./report.cjs')({
  removed: () =>
    scratch(async (directory) => {
      const rimraf = require('rimraf')
      plant(directory)
      await new Promise((resolve, reject) => {
        rimraf(join(directory, 'tree'), (error) => (error ? reject(error) : resolve()))
      })
      return [existsSync(join(directory, 'tree')), readdirSync(directory)]
    }),
  globbed: () =>
    scratch((directory) => {
      const rimraf = require('rimraf')
      plant(directory)
      rimraf.sync(join(directory, 'tree', '*.js'))
      return readdirSync(join(directory, 'tree')).sort()
    }),
  nothing: () => require('rimraf').sync('/absent/tree') ?? 'nothing',
  failing: () => require('rimraf').sync(''),
})
