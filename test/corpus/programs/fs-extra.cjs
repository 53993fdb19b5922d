const { join } = require('path')
const scratch = require('./scratch.cjs')

require('./report.cjs')({
  copied: () =>
    scratch(async (directory) => {
      const fs = require('fs-extra')
      const at = (...names) => join(directory, ...names)
      await fs.outputFile(at('a/b/c.txt'), 'text')
      await fs.ensureSymlink(at('a/b/c.txt'), at('links/c'))
      await fs.copy(at('a'), at('copied'), { filter: (from) => !from.endsWith('.tmp') })
      await fs.move(at('a/b'), at('moved'))
      await fs.emptyDir(at('a'))
      await fs.remove(at('links'))
      return [
        await fs.readFile(at('copied/b/c.txt'), 'utf8'),
        await fs.pathExists(at('moved/c.txt')),
        (await fs.readdir(directory, { recursive: true })).sort(),
      ]
    }),
  json: () =>
    scratch((directory) => {
      const { outputJsonSync, readJsonSync, readFileSync } = require('fs-extra')
      const file = join(directory, 'deep', 'a.json')
      outputJsonSync(file, { b: [1] }, { spaces: 2 })
      return [readJsonSync(file), readFileSync(file, 'utf8')]
    }),
  failing: () => require('fs-extra').readJson('/absent/a.json'),
  itself: () =>
    scratch((directory) => {
      const { copySync } = require('fs-extra')
      copySync('/absent/a', join(directory, 'b'))
    }),
})
