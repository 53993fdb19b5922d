import { likeNodeOverEachVolume } from './guests.ts'

likeNodeOverEachVolume('paths as Linux reads them', {
  'a slash at the end': `fs.mkdirSync('p')
    return [['link', 'f', 'g/'], ['link', 'f', 'd/'], ['symlink', 'x', 'g/'], ['symlink', 'x', 'd/'], ['symlink', 'x', 'f/'], ['open', 'd/', 'wx'],
      ['open', 'f/', 'w'], ['open', 'n/', 'w'], ['open', 'none/x/', 'w'], ['mkdir', 'dangling/'], ['mkdir', 'n/'], ['rename', 'f/', 'x'], ['rename', 'f', 'x/'],
      ['rename', 'f', 'none/x/'], ['rename', 'f', 'f/'], ['rename', 'l/', 'x'], ['rename', 'p/', 'q/']]
      .map(([name, ...args]) => caught(() => fs[name + 'Sync'](...args)))`,
  'what has no name of its own': `fs.mkdirSync('p')
    return [['none', 'd/..'], ['none', 'd/.'], ['none', '.'], ['p/.', 'x'], ['p/..', 'x'], ['.', 'd'], ['f', '.'], ['f', '/'], ['none/x', 'f/y'], ['none', 'f/y']]
      .map(([from, to]) => caught(() => fs.renameSync(from, to)))
      .concat(['.', 'p/.', 'd/..', 'none/.', 'p/./'].map((path) => caught(() => fs.rmdirSync(path))))`,
  'realpath goes up by the text, and its native form by links': `fs.mkdirSync('far/away', { recursive: true }); fs.symlinkSync('far/away', 'away')
    return [await rejected(fs.promises.realpath('away/..')), fs.realpathSync('away/..'), fs.realpathSync.native('away/..'), fs.realpathSync('none/..'),
      caught(() => fs.realpathSync.native('none/..')), await called((done) => fs.realpath('f/../d', done))]`,
})

likeNodeOverEachVolume('what a form of a function takes', {
  'what is absent, where an error is unwanted': `const options = { throwIfNoEntry: false }, of = (stats) => stats === undefined ? 'absent' : tell(stats)
    return [of(fs.statSync('none', options)), of(fs.statSync('f/x', options)), of(fs.lstatSync('none', options)), of(caught(() => fs.lstatSync('f/x', options))),
      of(await rejected(fs.promises.stat('f/x', options))), of(await rejected(fs.promises.lstat('none', options))),
      (await called((done) => fs.lstat('none', options, done)))[0]]`,
  'reading what is open for writing only': `return [caught(() => fs.readFileSync('f', { flag: 'a' })), await rejected(fs.promises.readFile('f', { flag: 'a' })),
      await called((done) => fs.readFile('f', { flag: 'a' }, done))]`,
  'copies that must be new': `return [caught(() => fs.copyFileSync('d', 'f', 1)), caught(() => fs.copyFileSync('f', 'dangling', 1)), caught(() => fs.copyFileSync('d', 'n', 1)).code]`,
  'entries of a directory that a URL names': `const { pathToFileURL } = require('url')
    return fs.readdirSync(pathToFileURL('d'), { withFileTypes: true }).map((entry) => [entry.name, entry.parentPath])`,
})

likeNodeOverEachVolume('glob', {
  patterns: `fs.mkdirSync('d/.h'); fs.writeFileSync('d/.h/x', '')
    return ['*/.', 'd/./', 'f/**', 'l/**', 'ld/**', 'dangling/**', '{f,d}/**', '../' + path.basename(process.cwd()) + '/d/*', 'd/../*', '**/e/..', './**', '*/e/.']
      .map((pattern) => [pattern, fs.globSync(pattern).sort()])`,
  'names of directories that are written as dots': `return ['**', '../**', '../../*'].map((pattern) =>
      fs.globSync(pattern, { cwd: path.resolve('d/e'), withFileTypes: true }).map((entry) => [entry.parentPath, entry.name]).sort())`,
  'links in circles': `fs.symlinkSync('..', 'd/up')
    return ['*/*/*', '**', '*/up', '*/up/*', '*/*/**', '**/g', '*/*/f'].map((pattern) => [pattern, fs.globSync(pattern, { followSymlinks: true }).sort()])`,
})
