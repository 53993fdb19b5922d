import { likeNodeOverEachVolume } from './guests.ts'

/** From, to, and options of `cp`, run in each of its three forms in a directory of its own. */
const copies = `{
  same: ['f', 'f'], sameByLink: ['f', 'l'], directoryOntoFile: ['d', 'f', { recursive: true }], fileOntoDirectory: ['f', 'd'],
  ontoItself: ['d', 'd/x', { recursive: true }], absent: ['none', 'x'], notRecursive: ['d', 'x'], notRecursiveBelow: ['d/', 'x/y'],
  tree: ['d', 'n', { recursive: true }], verbatim: ['d', 'n', { recursive: true, verbatimSymlinks: true }],
  dereferenced: ['d', 'n', { recursive: true, dereference: true }], ontoDirectory: ['d', 'empty', { recursive: true }],
  below: ['f', 'p/q/r'], exists: ['f', 'g', { errorOnExist: true, force: false }], notForced: ['f', 'g', { force: false }],
  forced: ['f', 'g'], exclusive: ['f', 'g', { mode: 1 }], link: ['l', 'nl'], linkOntoFile: ['l', 'g'], linkOntoLink: ['ld', 'l'],
  linkBelowItself: ['ld', 'd/in', { recursive: true }], dangling: ['dangling', 'n'],
  filtered: ['d', 'n', { recursive: true, filter: (from) => !from.endsWith('h') }], filteredAll: ['none', 'n', { filter: () => false }],
  absentDereferenced: ['none', 'n', { dereference: true }], throughLink: ['d', 'ld/k', { recursive: true }], belowFile: ['f', 'g/x'],
  linkOntoDirectory: ['l', 'd'], directoryOntoLink: ['d', 'ld', { recursive: true }], otherOntoLink: ['empty', 'l', { recursive: true }],
  fileOntoLink: ['g', 'l'], noOptions: ['f', 'n', 5], noFilter: ['f', 'n', { filter: 5 }], noMode: ['f', 'n', { mode: 50 }],
  contradiction: ['f', 'n', { dereference: true, verbatimSymlinks: true }],
}`

const copying = (form: string) => `
  const list = (directory) => fs.readdirSync(directory, { recursive: true, withFileTypes: true }).map((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    return file + (entry.isSymbolicLink() ? ' -> ' + fs.readlinkSync(file) : entry.isDirectory() ? '/' : '=' + fs.readFileSync(file, 'utf8'))
  }).sort()
  const shown = (e) => ({ ...tell(e), keys: Object.keys(e), info: e.info, errno: e.errno })
  const forms = {
    sync: async (...args) => fs.cpSync(...args),
    promise: (...args) => fs.promises.cp(...args),
    callback: (from, to, options = {}) => new Promise((done, fail) => fs.cp(from, to, options, (e) => e ? fail(e) : done())),
  }
  const results = {}
  for (const [name, [from, to, options]] of Object.entries(${copies})) {
    const at = (file) => 'in ' + name + '/' + file
    fs.mkdirSync(at('d/e'), { recursive: true }); fs.mkdirSync(at('empty'))
    for (const [file, text] of [['f', 'text'], ['g', 'g'], ['d/e/x', 'deep'], ['d/h', '']]) fs.writeFileSync(at(file), text)
    for (const [to, link] of [['f', 'l'], ['d', 'ld'], ['nowhere', 'dangling'], ['../f', 'd/up'], ['e', 'd/in']]) fs.symlinkSync(to, at(link))
    results[name] = [await forms.${form}(at(from), at(to), options).then(() => null, shown), list(at('.'))]
  }
  return results`

const patterns = `['*', '**', '**/*', '**/*.js', '*.js', 'a/*', 'a/**', 'a/**/*.js', '{a,la}/*.js', '**/b', '**/b/**', 'la/**', '*/', '**/',
  '.*', '.*/**', '**/.*', 'a/./x.js', './*', 'a/../x.js', 'a/b/../*.js', 'a//x.js', 'a/?.js', 'a/[xy].*', '!(a)', '+(a|x.js)', '**/x.js/',
  'a', 'none', 'none/*', '', '/', '.', '..', 'a/[[]q]', '**/a{b', 'A/*', 'a/**/**/x.js', '**/../x.js', 'a/*/..', 'a/b/up/*', '*/b/*',
  '**/c/*', 'a/b/**/', './**', '*/**', '{a/b,x.js,none}', '{,a/}x.js', 'a/..', 'a/.', 'a/b/', '**/*/', '[!a]*', '@(x|y).js',
  'a/*.{js,ts}', ['a/*', '*.js', 'a/x.js']]`

const globbing = (pattern: string) => `
  fs.mkdirSync('w/a/b/c', { recursive: true }); fs.mkdirSync('w/.hid/in', { recursive: true }); process.chdir('w')
  for (const file of ['x.js', 'a/x.js', 'a/y.ts', 'a/b/x.js', 'a/b/c/z.js', '.dot', 'a/.dot', '.hid/h', 'a/[q]', 'a/b/a{b']) fs.writeFileSync(file, '')
  fs.symlinkSync('a', 'la'); fs.symlinkSync('../..', 'a/b/up')
  ${pattern}`

likeNodeOverEachVolume('trees by fs', {
  'are copied at once': copying('sync'),
  'are copied by promise': copying('promise'),
  'are copied by callback': copying('callback'),
  'wait for a filter': `const seen = []
    await fs.promises.cp('d', 'n', { recursive: true, filter: async (from, to) => { seen.push([from, to]); return !from.endsWith('h') } })
    return [seen.sort(), fs.readdirSync('n').sort(), caught(() => fs.cpSync('d', 'm', { recursive: true, filter: async () => true }))]`,
  'keep their times': `fs.utimesSync('f', 1, 2); fs.cpSync('f', 'n', { preserveTimestamps: true }); const s = fs.statSync('n'); return s.mtimeMs`,
  'are found by pattern': globbing(`return ${patterns}.map((p) => [p, fs.globSync(p).sort()])`),
  'are found from elsewhere, without what is excluded': globbing(`return [
    fs.globSync('**', { cwd: 'a' }).sort(), fs.globSync('*', { cwd: new URL('file://' + process.cwd() + '/a/') }).sort(),
    fs.globSync(process.cwd() + '/a/*').sort(), fs.globSync('*', { cwd: 'none' }),
    ...[['a'], ['a/**'], ['**/*.js'], ['**/b/**', 'x.js'], ['./a/x.js'], (name) => name === 'b'].map((exclude) => fs.globSync('**', { exclude }).sort()),
    fs.globSync('a/**', { withFileTypes: true }).map((e) => [e.name, e.parentPath, e.isDirectory()]).sort(),
    fs.globSync('*.js', { withFileTypes: true, cwd: 'a' }).map((e) => [e.name, e.parentPath]),
    fs.globSync('**/*.ts', { followSymlinks: true }).sort(),
    ...[() => fs.globSync(5), () => fs.globSync([5]), () => fs.globSync('*', 5), () => fs.globSync('*', { exclude: 5 })].map(caught)]`),
  'are excluded by the part of the pattern that finds them': globbing(`
    const ways = ['**', '**/*.js', 'a/*', '*', 'a/**', 'a', 'a/b', '{a,x.js}', 'a/b/x.js', '*/b', '*/b/*']
    const excluded = [['a/**'], ['a/b/**'], ['a/b'], ['a/'], ['**/x.js'], ['.hid/**'], (name) => name === 'a', (name) => name === 'b', (path) => path === 'a/b', (name) => name === 'x.js']
    const asked = (way, options) => { const names = []; fs.globSync(way, { ...options, exclude: (one) => { names.push(one.name ?? one) } }); return [...new Set(names)].sort() }
    return [ways.map((way) => [way, ...excluded.map((exclude) => fs.globSync(way, { exclude }).sort())]), ['**', 'a/*', 'a/b/*', '*', 'a/b'].map((way) => [asked(way), asked(way, { withFileTypes: true })])]`),
  'are found later':
    globbing(`const found = []; for await (const file of fs.promises.glob('a/*')) found.push(file)
    return [found.sort(), (await called((done) => fs.glob('a/*', done)))[1].sort(), caught(() => fs.glob('a/*'))]`),
})
