const { join } = require('path')

require('./report.cjs')({
  async read() {
    const fs = require('graceful-fs')
    const read = (path) =>
      new Promise((resolve, reject) =>
        fs.readFile(path, 'utf8', (error, text) => (error ? reject(error) : resolve(text))),
      )
    const texts = await Promise.all(
      Array.from({ length: 20 }, () => read(join(__dirname, 'ms.cjs'))),
    )
    const streamed = await new Promise((resolve, reject) => {
      let text = ''
      const stream = fs.ReadStream(join(__dirname, 'ms.cjs'), {
        encoding: 'utf8',
        highWaterMark: 64,
      })
      stream
        .on('data', (chunk) => (text += chunk))
        .on('end', () => resolve(text))
        .on('error', reject)
    })
    return [
      texts.length,
      new Set([...texts, streamed]).size,
      fs.existsSync(__filename),
      fs.statSync(__dirname).isDirectory(),
    ]
  },
  patched() {
    const clone = require('graceful-fs/clone')
    const copy = clone({
      get a() {
        return 1
      },
      b: [2],
    })
    const patched = require('graceful-fs').gracefulify(clone(require('fs')))
    return [copy.a, copy.b, patched !== require('fs'), typeof patched.gracefulify]
  },
  failing: () => require('graceful-fs').readFileSync('/nowhere/at/all.txt'),
  async failingLater() {
    const fs = require('graceful-fs')
    await new Promise((_, reject) => fs.readdir('/nowhere', reject))
  },
})
