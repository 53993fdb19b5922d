const options = { cwd: __dirname, posix: true }

require('./report.cjs')({
  sync: () => require('glob').globSync('fixtures/**/*.{js,json}', options).sort(),
  async ignored() {
    const { glob } = require('glob')
    const found = await glob(['{e,m}*.cjs', 'fixtures'], { ...options, ignore: 'm*', mark: true })
    return found.sort()
  },
  raw() {
    const { Glob, hasMagic, ...raw } = require('glob/raw')
    const found = new Glob('fixtures/*/', { ...options, withFileTypes: true })
    return [
      [...found].map((path) => [path.name, path.isDirectory(), path.relative()]),
      raw.escape('a*[b]'),
      hasMagic(['a', 'b{c,d}'], { magicalBraces: true }),
    ]
  },
  failing: () => require('glob').globSync('a', { matchBase: true, noglobstar: true }),
})
