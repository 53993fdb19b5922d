const {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} = require('fs')
const { join } = require('path')
const { PassThrough } = require('stream')
const { pipeline } = require('stream/promises')
const scratch = require('./scratch.cjs')

const portable = { portable: true, mtime: new Date(0), sync: true }

function plant(cwd) {
  mkdirSync(join(cwd, 'tree/deep'), { recursive: true })
  writeFileSync(join(cwd, 'tree/a.txt'), 'text')
  writeFileSync(join(cwd, 'tree/deep/b'), 'b'.repeat(600))
}

require('./report.cjs')({
  extracted: () =>
    scratch(async (cwd) => {
      const tar = require('tar')
      plant(cwd)
      await tar.create({ cwd, portable: true, gzip: true, file: join(cwd, 'a.tgz') }, ['tree'])
      mkdirSync(join(cwd, 'out'))
      await tar.extract({ cwd: join(cwd, 'out'), file: join(cwd, 'a.tgz'), strip: 1 })
      return [
        readdirSync(join(cwd, 'out'), { recursive: true }).sort(),
        readFileSync(join(cwd, 'out/deep/b'), 'utf8').length,
      ]
    }),
  piped: () =>
    scratch(async (cwd) => {
      const tar = require('tar')
      plant(cwd)
      symlinkSync('a.txt', join(cwd, 'tree/link'))
      chmodSync(join(cwd, 'tree/a.txt'), 0o755)
      mkdirSync(join(cwd, 'out'))
      await pipeline(
        tar.create({ cwd, gzip: { level: 9 }, portable: true }, ['tree']),
        new PassThrough(),
        tar.extract({ cwd: join(cwd, 'out') }),
      )
      const at = (name) => join(cwd, 'out/tree', name)
      return [
        readlinkSync(at('link')),
        readFileSync(at('link'), 'utf8'),
        statSync(at('a.txt')).mode & 0o777,
      ]
    }),
  listed: () =>
    scratch((cwd) => {
      const tar = require('tar')
      plant(cwd)
      const file = join(cwd, 'a.tar')
      tar.create({ cwd, file, ...portable }, ['tree/a.txt', 'tree/deep'])
      const entries = []
      tar.list({
        file,
        sync: true,
        onReadEntry: ({ path, size, type }) => entries.push([path, size, type]),
      })
      return [entries, readFileSync(file).length]
    }),
  header() {
    const { Header } = require('tar/raw')
    const block = Buffer.alloc(512)
    const header = new Header({
      path: 'a/b',
      mode: 0o644,
      size: 5,
      mtime: new Date(0),
      type: 'File',
    })
    header.encode(block, 0)
    const { path, size, cksumValid } = new Header(block, 0)
    return [path, size, cksumValid, block.toString('latin1').replace(/\0+/g, '|')]
  },
  failing: () => require('tar').create({ file: '/absent/a.tar' }, []),
  absent: () => require('tar').list({ file: '/absent/a.tar', sync: true }),
})
