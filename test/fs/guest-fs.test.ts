import { likeNodeOverEachVolume } from './guests.ts'

likeNodeOverEachVolume('fs', {
  'reads and writes whole files': `fs.writeFileSync('n', 'é'); fs.appendFileSync('n', Buffer.from('x'))
    fs.writeFileSync('u', new Uint16Array([0x6161, 0x6262])); fs.writeFileSync('l', 'through the link')
    return [fs.readFileSync('n', 'utf8'), fs.readFileSync('n').toString('hex'), fs.readFileSync('u', 'latin1'),
      fs.readFileSync('f', 'utf8'), fs.lstatSync('l').isSymbolicLink(), fs.readFileSync('n', { encoding: 'base64' }), fs.statSync('n').size]`,
  'replaces bytes that are no UTF-8 when text is asked for': `fs.writeFileSync('n', Buffer.from([0xef, 0xbb, 0xbf, 97, 0xff, 0xe2, 0x82]))
    return [fs.readFileSync('n', 'utf8'), fs.readFileSync('n').toString(), fs.readFileSync('n', 'hex')]`,
  'lists directories': `fs.mkdirSync('d/z'); fs.writeFileSync('d/a', '')
    return [fs.readdirSync('d').sort(), fs.readdirSync('ld').sort(), fs.readdirSync('.', { recursive: true }).sort(),
      fs.readdirSync('d', { withFileTypes: true }).map((e) => [e.name, e.parentPath, e.isFile(), e.isDirectory()]).sort(),
      fs.readdirSync('.', { withFileTypes: true }).filter((e) => e.isSymbolicLink()).map((e) => e.name).sort(),
      fs.readdirSync(Buffer.from('d'), 'buffer').map(String).sort(), fs.readdirSync('d/e/')]`,
  'keeps stats': `const s = fs.statSync('f'); fs.chmodSync('f', 0o640); fs.utimesSync('f', 1, new Date(2000))
    const t = fs.statSync('f'), b = fs.statSync('f', { bigint: true })
    return [Object.keys(s), s.constructor.name, s.isFile(), s.isDirectory(), s.size, t.mode, t.atimeMs, t.mtimeMs, t.mtime, String(b.mtimeNs),
      typeof b.size, fs.statSync('d').isDirectory(), fs.lstatSync('l').isSymbolicLink(), fs.statSync('none', { throwIfNoEntry: false }),
      s instanceof fs.Stats, fs.lstatSync('l').size, s.mtime instanceof Date]`,
  'makes modes as the mask says': `process.umask(0o027)
    fs.writeFileSync('n', '', { mode: 0o666 }); fs.mkdirSync('m'); fs.mkdirSync('o', 0o700); fs.closeSync(fs.openSync('p', 'w', 0o777))
    process.umask(0o022)
    return ['n', 'm', 'o', 'p'].map((p) => fs.statSync(p).mode.toString(8))`,
  moves: `fs.renameSync('d', 'moved'); fs.renameSync('l', 'moved/l'); fs.writeFileSync('n', 'n'); fs.renameSync('n', 'f'); fs.renameSync('f', 'f')
    fs.mkdirSync('empty'); fs.renameSync('moved', 'empty')
    return [fs.readdirSync('.').sort(), fs.readdirSync('empty').sort(), fs.readFileSync('f', 'utf8'), fs.readlinkSync('empty/l'), fs.readFileSync('empty/e/g', 'utf8')]`,
  removes: `fs.unlinkSync('l'); fs.rmSync('ld'); fs.rmSync('d', { recursive: true }); fs.rmSync('none', { force: true })
    return [fs.readdirSync('.').sort(), fs.existsSync('f')]`,
  links: `fs.linkSync('f', 'g'); fs.writeFileSync('g', 'both'); const n = [fs.statSync('f').nlink, fs.statSync('f').ino === fs.statSync('g').ino]
    fs.unlinkSync('f'); fs.symlinkSync('../g', 'd/up'); fs.symlinkSync(path.resolve('d'), 'absolute'); fs.linkSync('l', 'l2')
    return [...n, fs.readFileSync('g', 'utf8'), fs.readFileSync('d/up', 'utf8'), fs.readdirSync('absolute').sort(), fs.readlinkSync('l2'),
      fs.realpathSync('absolute/up'), fs.realpathSync('ld/e/../up'), fs.statSync('g').nlink]`,
  'goes physically up from a link': `fs.mkdirSync('far/away', { recursive: true }); fs.writeFileSync('far/x', 'far'); fs.writeFileSync('x', 'near'); fs.symlinkSync('far/away', 'away')
    return [fs.readFileSync('away/../x', 'utf8'), fs.realpathSync.native('away/..')]`,
  'opens for every purpose': `const fd = fs.openSync('n', 'w+'), b = Buffer.alloc(10)
    const out = [fs.writeSync(fd, 'hello'), fs.writeSync(fd, Buffer.from('XY'), 0, 2, 1), fs.readSync(fd, b, 0, 10, 0), b.toString('latin1', 0, 5), fs.readSync(fd, b)]
    fs.writeSync(fd, '!', 8); out.push(fs.readFileSync('n', 'latin1'), fs.fstatSync(fd).size); fs.ftruncateSync(fd, 2); out.push(fs.readFileSync('n', 'utf8'))
    fs.ftruncateSync(fd, 4); out.push(fs.readFileSync('n', 'latin1')); fs.closeSync(fd)
    const a = fs.openSync('n', 'a'); fs.writeSync(a, 'end', 0); fs.closeSync(a); out.push(fs.readFileSync('n', 'latin1'))
    const r = fs.openSync('n', 'r+'); fs.writeSync(r, 'S'); fs.closeSync(r); out.push(fs.readFileSync('n', 'latin1'))
    return out`,
  'reads on from an open file that is gone, and writes to it': `const fd = fs.openSync('f', 'r+'); fs.unlinkSync('f'); fs.writeSync(fd, 'T'); const b = Buffer.alloc(4)
    const out = [fs.existsSync('f'), fs.readSync(fd, b, 0, 4, 0), b.toString(), fs.fstatSync(fd).size]; fs.closeSync(fd); return out`,
  'reads and writes several buffers': `const fd = fs.openSync('n', 'w+'), b = [Buffer.alloc(2), Buffer.alloc(3)]
    return [fs.writevSync(fd, [Buffer.from('ab'), Buffer.from('cde')]), fs.readvSync(fd, b, 0), b.map(String)]`,
  'writes in many pieces': `const fd = fs.openSync('n', 'w'); for (let i = 0; i < 500; i++) fs.writeSync(fd, 'line ' + i + '\\n'); fs.closeSync(fd)
    const text = fs.readFileSync('n', 'utf8'); return [text.length, text.split('\\n').length, text.slice(-9)]`,
  'gives names to descriptors from the lowest up': `const a = fs.openSync('f'), b = fs.openSync('f'); fs.closeSync(a); const c = fs.openSync('f'); fs.closeSync(b); fs.closeSync(c)
    return [c === a, b > a, typeof a, a > 2]`,
  copies: `fs.copyFileSync('f', 'n'); fs.cpSync('d', 'dd', { recursive: true }); await fs.promises.cp('d', 'ddd', { recursive: true })
    return [fs.readFileSync('n', 'utf8'), fs.readdirSync('dd', { recursive: true }).sort(), fs.readdirSync('ddd', { recursive: true }).sort()]`,
  'makes temporary directories': `const t = fs.mkdtempSync('t-'); return [/^t-\\w{6}$/.test(t), fs.statSync(t).isDirectory(), (fs.statSync(t).mode & 0o777).toString(8)]`,
  'finds by pattern': `return [fs.globSync('d/**').sort(), fs.globSync('*').sort(), fs.globSync('{f,l}')]`,
  'walks a directory': `const dir = fs.opendirSync('d'), names = []; for (let e = dir.readSync(); e; e = dir.readSync()) names.push([e.name, e.isFile()]); dir.closeSync()
    for await (const e of await fs.promises.opendir('d')) names.push(e.name); return names.sort()`,
  streams: `const text = (stream) => new Promise((done, fail) => { let t = ''; stream.setEncoding('utf8').on('data', (d) => { t += d }).on('end', () => done(t)).on('error', fail) })
    const w = fs.createWriteStream('n'); w.write('one '); w.end('two'); await new Promise((done) => w.on('close', done))
    const e = await new Promise((done) => fs.createReadStream('none').on('error', done))
    const a = fs.createWriteStream('n', { flags: 'r+', start: 4 }); a.end('TWO'); await new Promise((done) => a.on('close', done))
    return [await text(fs.createReadStream('n')), await text(fs.createReadStream('n', { start: 1, end: 2 })), e.message, w.bytesWritten, w.path, w.pending, w.closed]`,
  'streams without new and by inheritance, as graceful-fs has them': `function Old(path, options) { if (!(this instanceof Old)) return new Old(path, options); return fs.ReadStream.apply(this, arguments) }
    Old.prototype = Object.create(fs.ReadStream.prototype)
    Old.prototype.open = function () { fs.open(this.path, this.flags, this.mode, (e, fd) => { if (e) this.destroy(e); else { this.fd = fd; this.emit('open', fd); this.read() } }) }
    const read = (stream) => new Promise((done) => { let t = ''; stream.on('data', (d) => { t += d }).on('close', () => done(t)) })
    return [await read(Old('f')), await read(fs.ReadStream('f')), Old('f') instanceof fs.ReadStream, fs.WriteStream('n') instanceof fs.WriteStream]`,
  'promises and handles': `const h = await fs.promises.open('n', 'w+'); await h.writeFile('hello'); const { bytesRead, buffer } = await h.read(Buffer.alloc(5), 0, 5, 0)
    const s = await h.stat(); await h.truncate(2); await h.close()
    await fs.promises.writeFile('i', ['a', 'b', 'c']); await fs.promises.appendFile('i', 'd')
    return [bytesRead, String(buffer), s.size, await fs.promises.readFile('n', 'utf8'), await fs.promises.readFile('i', 'utf8'), (await fs.promises.readdir('d')).sort(),
      await fs.promises.access('f'), h.fd, await rejected(h.read(Buffer.alloc(1)))]`,
  'is aborted': `const c = new AbortController(); c.abort(); const d = new AbortController(); setImmediate(() => 0); process.nextTick(() => d.abort())
    const name = (e) => [e.name, e.code]
    return [await fs.promises.readFile('f', { signal: c.signal }).catch(name), await fs.promises.writeFile('n', 'x', { signal: d.signal }).catch(name),
      await new Promise((done) => fs.readFile('f', { signal: c.signal }, (e) => done(name(e))))]`,
  'calls back later, in order': `const order = []; const all = ['stat', 'access', 'readdir'].map((name) => new Promise((done) => fs[name](name === 'readdir' ? 'd' : 'f', () => { order.push(name); done() })))
    order.push('now'); process.nextTick(() => order.push('tick')); Promise.resolve().then(() => order.push('job')); await Promise.all(all)
    return [order[0], order.slice(1, 3).sort(), order.slice(3).sort()]`,
  'is promisified': `const { promisify } = require('util'); const fd = fs.openSync('f'); const r = await promisify(fs.read)(fd, Buffer.alloc(4), 0, 4, 0)
    return [r.bytesRead, String(r.buffer), await promisify(fs.exists)('f'), await promisify(fs.exists)('none'), (await promisify(fs.stat)('f')).size]`,
  'has the members of node': `const kinds = (o) => Object.entries(Object.getOwnPropertyDescriptors(o)).map(([k, d]) => [k, d.enumerable, typeof o[k], typeof o[k] === 'function' && !/Stats|Utf8Stream/.test(k) ? o[k].length : 0])
    return [kinds(fs), kinds(fs.promises), fs.constants, fs.promises === require('fs/promises'), fs.promises.constants === fs.constants, fs.readFileSync.name, 'prototype' in fs.readFileSync]`,
  'takes names that objects inherit': `for (const n of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) { fs.mkdirSync(n); fs.writeFileSync(n + '/' + n, n) }
    return [fs.readdirSync('.').sort(), fs.readFileSync('__proto__/__proto__', 'utf8'), fs.existsSync('valueOf'), fs.existsSync('constructor/toString')]`,
  'shares its files with require': `fs.writeFileSync('m.js', 'module.exports = 1'); const one = require(path.resolve('m.js')); delete require.cache[path.resolve('m.js')]
    fs.writeFileSync('m.js', 'module.exports = 2'); const two = require(path.resolve('m.js'))
    const missing = caught(() => require(path.resolve('late'))).code; fs.writeFileSync('late.js', 'module.exports = 3'); const three = require(path.resolve('late'))
    fs.writeFileSync('d/index.js', 'module.exports = 4'); fs.unlinkSync('m.js'); delete require.cache[path.resolve('m.js')]
    return [one, two, missing, three, require(path.resolve('ld')), require.resolve(path.resolve('ld')), caught(() => require(path.resolve('m.js'))).code]`,
})
