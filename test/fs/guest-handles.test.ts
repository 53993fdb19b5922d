import { likeNodeOverEachVolume } from './guests.ts'

const namesApart = 'a mirror cannot tell that two names are one file'

likeNodeOverEachVolume(
  'descriptors and handles of fs',
  {
    'read in every form': `const fd = fs.openSync('f'), b = Buffer.alloc(6)
    const sync = [[b], [b, {}], [b, { position: 1 }], [b, 1, 2, 0], [b, { offset: 2, length: 2, position: 0n }], [b, 0, 0, 0], [b, 5], [b, 0, 9, 0], [b, -1],
      [b, 0, 1, 'x'], [b, 0, 1, -5], [b, 0, 1, 1.5], ['x'], [{ buffer: b }], [b, null, null, null]]
    const results = sync.map((args) => { b.fill(0); return [caught(() => fs.readSync(fd, ...args)), String(b)] })
    for (const args of [[], [b], [{ position: 0 }], [{ buffer: b, position: 0 }], [b, { position: 0 }], [b, 0, 2, 1], [b, 0, 2, null]]) {
      results.push((await called((done) => fs.read(fd, ...args, done))).map((x) => Buffer.isBuffer(x) ? x.length : x))
    }
    for (const args of [[{ buffer: null }], [5], [b, 5], [b, 0, 9, 0], [b, 0, 1, () => 0]]) results.push(caught(() => fs.read(fd, ...args, () => 0)))
    return [...results, caught(() => fs.read(fd, b, 0, 1, 0)), caught(() => fs.read()), caught(() => fs.read('x'))]`,
    'write in every form': `const fd = fs.openSync('n', 'w+'), b = Buffer.from('abcdef')
    const forms = [['é'], ['x', 5], ['6162', null, 'hex'], ['616', 0, 'hex'], [b], [b, 1], [b, 1, 2], [b, 1, 2, 0], [b, { offset: 4 }], [b, { length: 1, position: 3 }],
      [b, 9], [b, 1, 9], [b, -1], [5], [{}], [new Uint16Array([0x6161])], [b, null, null, null]]
    const results = forms.map((args) => [caught(() => fs.writeSync(fd, ...args)), fs.readFileSync('n', 'latin1')])
    for (const args of [['y'], ['z', 0], ['zz', 0, 'hex'], [b], [b, 1, 2, 0]]) {
      results.push((await called((done) => fs.write(fd, ...args, done))).map((x) => Buffer.isBuffer(x) ? x.length : x))
    }
    return [...results, caught(() => fs.write(fd, 'x')), caught(() => fs.write()), fs.readFileSync('n', 'latin1')]`,
    'open as every flag says': `const words = ['r', 'rs', 'sr', 'r+', 'rs+', 'w', 'wx', 'xw', 'w+', 'wx+', 'a', 'ax', 'a+', 'as', 'sa+', 'x', '', 'rw', 'ws', 'r++', 2, 0o101, 0o301, 1.5, 2 ** 31, null, undefined, true, {}]
    return words.map((flags) => ['f', 'n' + String(flags)].map((file) => caught(() => { const fd = fs.openSync(file, flags); fs.closeSync(fd); return fs.statSync(file).size })))`,
    'open through links to nowhere': `fs.writeFileSync('dangling', 'x'); fs.symlinkSync('nowhere2', 'd/up'); fs.writeFileSync('d/up', 'y')
    return [fs.readFileSync('nowhere', 'utf8'), fs.readFileSync('d/nowhere2', 'utf8'), caught(() => fs.openSync('l', fs.constants.O_NOFOLLOW)),
      caught(() => fs.openSync('f', fs.constants.O_DIRECTORY)), caught(() => fs.openSync('l', 'wx'))]`,
    'keep what is open, whatever becomes of its names': `fs.linkSync('f', 'g'); const fd = fs.openSync('f', 'r+'); fs.unlinkSync('f'); fs.writeSync(fd, 'T')
    const results = [fs.readFileSync('g', 'utf8')]; fs.renameSync('g', 'd/g2'); fs.writeSync(fd, 'E'); results.push(fs.readFileSync('d/g2', 'utf8'), fs.fstatSync(fd).size)
    fs.closeSync(fd); return results`,
    'take modes': `return [undefined, 'zz', -1, 1.5, 2 ** 32, '644', {}].map((mode) => [caught(() => fs.chmodSync('f', mode)), caught(() => fs.openSync('f', 'r', mode) > 2), caught(() => fs.mkdirSync('x', { mode }))])`,
    'check what removes': `return [5, null, { recursive: 5 }, { force: 'x' }, { retryDelay: -1 }, { maxRetries: -1 }].map((options) => caught(() => fs.rmSync('none', options)))`,
    'tell in the order of node what went wrong': `const keys = (fn) => { try { fn() } catch (e) { return [Object.keys(e), e.name, e.info] } }
    return [() => fs.statSync('none'), () => fs.renameSync('none', 'x'), () => fs.rmSync('d'), () => fs.fstatSync(999), () => fs.opendirSync('none')].map(keys)`,
    handles: `const h = await fs.promises.open('n', 'w+'), b = Buffer.alloc(4), seen = []
    h.on('close', () => seen.push('closed'))
    const results = [await h.write('hello'), await h.write(Buffer.from('XY'), 0, 2, 1), await h.writev([Buffer.from('a'), Buffer.from('b')]), await h.read(b, 0, 4, 0),
      await h.read({ buffer: b, position: 2 }), await h.read(b, { position: 0, length: 2 }), await h.readv([b], 0), await h.write(Buffer.alloc(0)), (await h.stat()).size]
    for (const args of [['x'], [b, 0, 9], [b, -1]]) results.push(await rejected(h.read(...args)))
    results.push(await rejected(h.write(5)), await rejected(h.chmod('zz')), await rejected(h.truncate('x')))
    await h.truncate(2); await h.chmod(0o600); await h.utimes(1, 2); await h.sync(); await h.datasync(); const s = await h.stat(); await h.appendFile('more'); results.push(s.mode, s.mtimeMs, (await h.stat()).size)
    const closing = h.close(); results.push(h.fd, await closing, await h.close())
    for (const name of ['read', 'write', 'stat', 'readFile', 'writeFile', 'appendFile', 'truncate', 'sync', 'datasync', 'chmod', 'readv', 'writev']) results.push(await rejected(h[name](name.endsWith('v') ? [] : b, 1)))
    return [results, seen]`,
    'handles as files and as sources of streams': `const h = await fs.promises.open('f', 'r+'), text = async (s) => { let t = ''; for await (const d of s) t += d; return t }
    const results = [await fs.promises.readFile(h, 'utf8'), await h.readFile('utf8')]
    await fs.promises.writeFile(h, '!'); results.push(fs.readFileSync('f', 'utf8'))
    results.push(await text(h.createReadStream({ start: 1, encoding: 'utf8' })), h.fd)
    const w = await fs.promises.open('n', 'w'); await new Promise((done) => w.createWriteStream().on('close', done).end('written'))
    const l = await fs.promises.open('n'), lines = []; for await (const line of l.readLines()) lines.push(line)
    await Promise.all([h, w, l].map((handle) => handle.close()))
    return [...results, w.fd, fs.readFileSync('n', 'utf8'), lines, await rejected(fs.promises.readFile(5))]`,
    'handles as streams of the web': `const h = await fs.promises.open('f'), parts = []
    for await (const part of h.readableWebStream({ autoClose: true })) parts.push(Buffer.from(part).toString())
    const results = [parts.join(''), h.fd], i = await fs.promises.open('f'); i.readableWebStream()
    results.push(caught(() => i.readableWebStream())); await i.close(); return results`,
    'promises write what comes piece by piece': `async function* pieces() { yield 'a'; yield Buffer.from('b'); yield 'c' }
    await fs.promises.writeFile('n', pieces()); const bad = await rejected(fs.promises.writeFile('m', [5]))
    const c = new AbortController(); async function* endless() { for (let i = 0; ; i++) { if (i === 3) c.abort(); yield 'x' } }
    const aborted = await fs.promises.writeFile('o', endless(), { signal: c.signal }).catch((e) => [e.name, e.code])
    return [fs.readFileSync('n', 'utf8'), bad, aborted, fs.openSync('f') > 2]`,
    'directories one by one': `const dir = fs.opendirSync('d'), names = [(await dir.read()).name, dir.readSync().name, await dir.read(), dir.path]
    const pending = dir.read(); const concurrent = caught(() => dir.readSync()); await pending; await dir.close()
    const results = [concurrent, caught(() => dir.readSync()), caught(() => dir.closeSync()), await rejected(dir.read()), await rejected(dir.close()), caught(() => new fs.Dir())]
    const all = []; for await (const e of await fs.promises.opendir('.', { recursive: true })) all.push(path.join(e.parentPath, e.name))
    return [names.slice(0, 2).sort(), names.slice(2), results, all.sort(), caught(() => fs.opendirSync('d', { bufferSize: 0 })), caught(() => Object.getPrototypeOf(dir).path)]`,
    'watchers that cannot begin': `const keys = (fn) => { try { fn() } catch (e) { return [Object.keys(e).sort(), tell(e)] } }
    return [() => fs.watch('none'), () => fs.watch(5), () => fs.watch('f', { recursive: 5 }), () => fs.watchFile('f'), () => fs.watchFile('f', {}, 5), () => fs.unwatchFile(5)].map(keys)`,
    'changes that are watched': `const seen = (change, event) => new Promise((done) => { const w = fs.watch('d', (...given) => { if (String(given) === event) { w.close(); done(event) } }); change() })
    const results = [await seen(() => fs.writeFileSync('d/new', ''), 'rename,new'), await seen(() => fs.renameSync('d/new', 'd/old'), 'rename,old'),
      await seen(() => fs.writeFileSync('d/old', 'x'), 'change,old'), await seen(() => fs.unlinkSync('d/old'), 'rename,old')]
    setImmediate(() => fs.writeFileSync('d/later', ''))
    for await (const { eventType, filename } of fs.promises.watch('d')) { if (filename === 'later') { results.push(eventType); break } }
    return results`,
    'files that are polled': `return new Promise((done) => fs.watchFile('n', { interval: 20 }, (now, before) => {
      if (now.size === 0) fs.writeFileSync('n', 'abc')
      else { fs.unwatchFile('n'); done([before.size, before.ino, now.isFile(), now.size]) }
    }))`,
    'errors that tell who waits': `async function waits() { await fs.promises.access('none') }
    return waits().catch((e) => e.stack.includes('at async waits'))`,
    blobs: `const blob = await fs.openAsBlob('f', { type: 'x/y' }); return [await blob.text(), blob.type, blob.size, caught(() => fs.openAsBlob('f', 5)), await rejected((async () => fs.openAsBlob('none'))())]`,
    'temporary directories that go away': `const t = fs.mkdtempDisposableSync('t-'); const there = fs.existsSync(t.path); t.remove(); const u = await fs.promises.mkdtempDisposable('u-'); await u.remove()
    return [there, fs.existsSync(t.path), fs.existsSync(u.path), Object.keys(t), typeof fs.statfsSync('.').bsize, typeof fs.statfsSync('.', { bigint: true }).type, caught(() => fs.statfsSync('none'))]`,
  },
  {
    memfs: { 'keep what is open, whatever becomes of its names': namesApart },
    disk: { 'keep what is open, whatever becomes of its names': namesApart },
  },
)
