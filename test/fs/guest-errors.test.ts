import { likeNodeOverEachVolume } from './guests.ts'

const sync = {
  unlink: `return ['d', 'none', 'f/x', 'ld/e'].map((p) => caught(() => fs.unlinkSync(p)))`,
  mkdir: `return ['f', 'd', 'l', 'dangling', 'f/s', 'none/s', 'none/s/t', '', '/'].map((p) => caught(() => fs.mkdirSync(p)))`,
  'mkdir recursive': `return ['f', 'd', 'ld/new', 'p/q/r', 'f/s', 'f/s/t', 'dangling', './d/i/../j', 'loop/x'].map(
    (p) => caught(() => fs.mkdirSync(p, { recursive: true })))`,
  rm: `return ['none', 'd', 'l', 'dangling', 'f/x'].map((p) => caught(() => fs.rmSync(p))).concat(
    fs.existsSync('f'), caught(() => fs.rmSync('none', { force: true })), caught(() => fs.rmSync('d', { recursive: true })))`,
  rmdir: `return ['f', 'd', 'ld', 'none', 'l', 'd/e/'].map((p) => caught(() => fs.rmdirSync(p))).concat(
    caught(() => fs.rmdirSync('d', { recursive: true })))`,
  rename: `fs.mkdirSync('p/q', { recursive: true })
    return [['none', 'x'], ['f', 'd'], ['d', 'f'], ['d', 'd/x'], ['p', 'd'], ['f', 'none/x'], ['f', 'f/x'], ['f', 'x/']].map(
      ([a, b]) => caught(() => fs.renameSync(a, b)))`,
  link: `return [['d', 'dd'], ['none', 'dd'], ['f', 'f'], ['f', 'd'], ['f', 'none/x']].map(
      ([a, b]) => caught(() => fs.linkSync(a, b)))`,
  symlink: `return [['x', 'f'], ['', 'ff'], ['x', 'none/y'], ['x', 'f/y']].map(([a, b]) => caught(() => fs.symlinkSync(a, b)))`,
  stat: `return ['', 'f/', 'f/x', 'none', 'dangling', 'loop', 'd/e/../none', 'a'.repeat(300)].map(
      (p) => [caught(() => fs.statSync(p)), caught(() => fs.lstatSync(p + '/x')), fs.existsSync(p)])`,
  readlink: `return ['f', 'd', 'none', 'l', 'loop'].map((p) => caught(() => fs.readlinkSync(p)))`,
  realpath: `return ['none', 'dangling', 'loop', 'f/x', 'd/none/x', 'ld/e/g', 'l'].map(
      (p) => [caught(() => fs.realpathSync(p)), caught(() => fs.realpathSync.native(p))])`,
  readFile: `return ['d', 'none', 'loop', 'f/', 'f/x', ''].flatMap(
      (p) => [caught(() => fs.readFileSync(p)), caught(() => fs.readFileSync(p, 'utf8'))])`,
  writeFile: `return ['d', 'none/x', 'f/x', 'd/', 'x/', 'loop', ''].map((p) => caught(() => fs.writeFileSync(p, 'x')))`,
  appendFile: `return ['d', 'none/x'].map((p) => caught(() => fs.appendFileSync(p, 'x')))`,
  readdir: `return ['f', 'none', 'dangling', 'l'].map((p) => caught(() => fs.readdirSync(p)))`,
  opendir: `return ['f', 'none'].map((p) => caught(() => fs.opendirSync(p)))`,
  mkdtemp: `return [caught(() => fs.mkdtempSync('none/x')), caught(() => fs.mkdtempSync('f/x'))]`,
  copyFile: `return [['none', 'y'], ['d', 'y'], ['f', 'd'], ['f', 'none/x']].map(
      ([a, b]) => caught(() => fs.copyFileSync(a, b))).concat(caught(() => fs.copyFileSync('f', 'd/h', fs.constants.COPYFILE_EXCL)))`,
  'access, chmod, utimes, truncate, lchown': `return [() => fs.accessSync('none'), () => fs.chmodSync('none', 0o7),
      () => fs.utimesSync('none', 1, 1), () => fs.truncateSync('none'), () => fs.truncateSync('d'),
      () => fs.lchownSync('none', 0, 0), () => fs.lutimesSync('none', 1, 1), () => fs.chownSync('none', 0, 0)].map(caught)`,
  open: `return [['none'], ['f', 'wx'], ['d', 'w'], ['none/x', 'w'], ['f', 'zz'], ['f', 'r', 'zz'], ['loop']].map(
      (args) => caught(() => fs.openSync(...args)))`,
  descriptors: `const [r, w] = [fs.openSync('f', 'r'), fs.openSync('f', 'a')]
    const results = [() => fs.writeSync(r, 'x'), () => fs.readSync(w, Buffer.alloc(1)), () => fs.ftruncateSync(r, 1),
      () => fs.closeSync(999), () => fs.fstatSync(999), () => fs.readSync(999, Buffer.alloc(1)), () => fs.writeSync(999, 'x'),
      () => fs.fsyncSync(999), () => fs.readSync(fs.openSync('d'), Buffer.alloc(1))].map(caught)
    fs.closeSync(r); fs.closeSync(w)
    return [...results, caught(() => fs.closeSync(r))]`,
  arguments: `return [() => fs.readFileSync(), () => fs.readFileSync(true), () => fs.readFileSync('f', 5), () => fs.readFileSync('f', 'zz'),
      () => fs.statSync('a\\0b'), () => fs.statSync(Buffer.from('a\\0')), () => fs.statSync(new URL('http://a/b')),
      () => fs.writeFileSync('x', {}), () => fs.writeFileSync('x', undefined), () => fs.closeSync('x'), () => fs.closeSync(-1),
      () => fs.closeSync(1.5), () => fs.chownSync('f', 'a', 1), () => fs.chownSync('f', 1, 1.5), () => fs.utimesSync('f', {}, 1),
      () => fs.symlinkSync('a', 'b', 'x'), () => fs.renameSync(1, 'x'), () => fs.linkSync('f', 1), () => fs.copyFileSync(1, 'x'),
      () => fs.mkdirSync('x', { recursive: 1 }), () => fs.accessSync('f', 100), () => fs.exists('f'), () => fs.readFile('f'),
      () => fs.mkdtempSync(5), () => fs.rmdirSync('d', 5), () => fs.opendir('d')].map(caught)`,
}

/** The same through callbacks and promises: one table for both. */
const asynchronous = {
  'callbacks and promises': `const calls = [['readFile', 'none'], ['readFile', 'd'], ['stat', 'none'], ['lstat', 'f/x'], ['readdir', 'f'],
      ['mkdir', 'd'], ['rmdir', 'd'], ['unlink', 'd'], ['rename', 'none', 'x'], ['link', 'none', 'x'], ['symlink', 'x', 'f'],
      ['writeFile', 'd', 'x'], ['access', 'none'], ['readlink', 'f'], ['realpath', 'none'], ['copyFile', 'none', 'x'],
      ['truncate', 'none'], ['chmod', 'none', 0], ['open', 'none'], ['rm', 'none'], ['appendFile', 'd', 'x'], ['opendir', 'none']]
    const results = []
    for (const [name, ...args] of calls) {
      results.push([name, await called((done) => fs[name](...args, done))])
    }
    return results`,
  promises: `const calls = [['readFile', 'none'], ['stat', 'none'], ['lstat', 'f/x'], ['readdir', 'f'],
      ['mkdir', 'd'], ['rmdir', 'd'], ['unlink', 'd'], ['rename', 'none', 'x'], ['link', 'none', 'x'], ['symlink', 'x', 'f'],
      ['writeFile', 'd', 'x'], ['access', 'none'], ['readlink', 'f'], ['copyFile', 'none', 'x'],
      ['chmod', 'none', 0], ['open', 'none'], ['rm', 'none'], ['appendFile', 'd', 'x']]
    const results = []
    for (const [name, ...args] of calls) results.push([name, await rejected(fs.promises[name](...args))])
    return results`,
}

likeNodeOverEachVolume('errors of fs', { ...sync, ...asynchronous })
