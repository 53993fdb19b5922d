const { createWriteStream, readFileSync } = require('fs')
const { join } = require('path')
const { Readable } = require('stream')
const scratch = require('./scratch.cjs')

async function bytesOf(archive) {
  const chunks = []
  archive.on('data', (chunk) => chunks.push(chunk))
  const ended = new Promise((resolve, reject) => archive.on('end', resolve).on('error', reject))
  await archive.finalize()
  await ended
  return Buffer.concat(chunks)
}

const date = new Date(Date.UTC(2020, 0, 2, 3, 4, 6))

require('./report.cjs')({
  async zipped() {
    const archive = require('archiver')('zip', { store: true, forceUTC: true })
    archive.append('text', { name: 'a.txt', date, mode: 0o644 })
    archive.append(Buffer.from([1, 2, 3]), { name: 'deep/b', date, mode: 0o600, comment: 'c' })
    return (await bytesOf(archive)).toString('base64')
  },
  async tarred() {
    const archive = require('archiver').create('tar')
    archive.append('text', { name: 'a.txt', date, mode: 0o644 })
    archive.glob('*.json', { cwd: join(__dirname, 'fixtures', 'bundled') }, { date, mode: 0o644 })
    return (await bytesOf(archive)).toString('latin1').replace(/\0+/g, '|')
  },
  piped: () =>
    scratch(async (directory) => {
      const path = join(directory, 'a.zip')
      const output = createWriteStream(path)
      const archive = require('archiver')('zip', { zlib: { level: 9 } })
      archive.pipe(output)
      archive.directory(join(__dirname, 'fixtures'), 'deep')
      archive.append(Readable.from([Buffer.from('streamed')]), { name: 'stream' })
      archive.finalize()
      await new Promise((resolve, reject) => output.on('close', resolve).on('error', reject))
      const bytes = readFileSync(path)
      return [bytes.subarray(0, 4), archive.pointer() === bytes.length]
    }),
  async listed() {
    const archive = require('archiver')('json')
    archive.append('text', { name: 'a.txt', date, mode: 0o644 })
    return JSON.parse(await bytesOf(archive))
  },
  error() {
    const ArchiverError = require('archiver/lib/error')
    const { code, message, data } = new ArchiverError('ENTRYNAMEREQUIRED', { a: 1 })
    return [code, message, data]
  },
  unnamed() {
    const archive = require('archiver')('zip')
    return new Promise((_, reject) => {
      archive.on('error', reject)
      archive.append('text', {})
    })
  },
  failing: () => require('archiver')('rar'),
})
