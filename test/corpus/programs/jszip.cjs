const date = new Date(Date.UTC(2020, 0, 2, 3, 4, 6))

async function pack(options) {
  const JSZip = require('jszip')
  const zip = new JSZip()
  zip.file('a.txt', 'text'.repeat(20), { date })
  zip.file('deep/b', new Uint8Array([1, 2, 3]), { date, createFolders: false })
  return await zip.generateAsync({ platform: 'DOS', ...options })
}

require('./report.cjs')({
  packed: () => pack({ type: 'base64' }),
  compressed: () =>
    pack({ type: 'base64', compression: 'DEFLATE', compressionOptions: { level: 9 } }),
  async unpacked() {
    const JSZip = require('jszip')
    const buffer = await pack({ type: 'nodebuffer', compression: 'DEFLATE' })
    const zip = await JSZip.loadAsync(buffer, { checkCRC32: true })
    const entries = Object.values(zip.files).map(({ name, dir }) => [name, dir])
    return [Buffer.isBuffer(buffer), entries, await zip.file('a.txt').async('string')]
  },
  async streamed() {
    const JSZip = require('jszip')
    const stream = new JSZip().file('a', 'b', { date }).generateNodeStream({ streamFiles: true })
    let length = 0
    stream.on('data', (chunk) => {
      length += chunk.length
    })
    await new Promise((resolve, reject) => stream.on('end', resolve).on('error', reject))
    return length
  },
  crc32: () => require('jszip/lib/crc32')('123456789', 0),
  failing: () => require('jszip').loadAsync('no zip at all'),
})
