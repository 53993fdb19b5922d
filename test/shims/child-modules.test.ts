import { likeNode } from './like-node.ts'

/** Children that are ES modules, and what a command line says of modules. */
const head = `
  const cp = require('child_process'), fs = require('fs'), os = require('os'), path = require('path'), node = process.execPath
  fs.mkdirSync(os.tmpdir(), { recursive: true })
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'modules-')))
  process.setMaxListeners(0).once('exit', () => fs.rmSync(dir, { recursive: true, force: true }))
  const file = (name, text) => { fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true }); fs.writeFileSync(path.join(dir, name), text); return './' + name }
  const own = (text) => String(text).replaceAll(dir, 'DIR').replaceAll(/\\(node:\\d+\\)/g, '(node)')
  /** No stacks: they lead through each loader's own code. */
  const said = (text) => own(text).replaceAll(/\\n    at .*/g, '').replaceAll(/\\nNode.js v.*\\n/g, '')
  const asked = (args, input) => new Promise((resolve) => {
    const child = cp.spawn(node, args, { cwd: dir }), out = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) child[name].on('data', (data) => { out[name] += data })
    child.on('close', (code) => resolve([code, own(out.stdout), said(out.stderr)]))
    child.stdin.end(input)
  })
  const now = (...args) => { const { status, stdout, stderr } = cp.spawnSync(node, args, { cwd: dir, encoding: 'utf8' }); return [status, own(stdout), said(stderr)] }
`

likeNode('child_process: ES modules, at once', {
  'main files': `${head}
    file('package.json', '{"type":"module"}'); file('dep.js', 'export let n = 1; export const add = () => { n++ }')
    return [now(file('main.mjs', 'import { n, add } from "./dep.js"; add(); console.log(n, import.meta.main, typeof require)')), now(file('noext', 'console.log(typeof require)')), now(file('plain/a.js', 'import "fs"; export const x = 1; console.log(import.meta.filename)'))]`,
  'what they throw': `${head}
    return [now(file('a.mjs', 'const a = 1\\n\\tthrow new TypeError("x")')), now(file('b.mjs', 'import "./none.mjs"'))[0], now(file('c.mjs', 'import { x } from "./d.mjs"', file('d.mjs', ''))), now(file('e.mjs', 'let a\\nvar foo bar;')), now(file('f.cjs', 'require("./e.mjs")')), now(file('g.cjs', '\\n  throw new Error("x")')), now(file('h.cjs', '\\nfunction f() { null.x }\\nf()')), now('-e', 'throw 1')[0]]`,
  'that must not be required': `${head}
    file('d.mjs', '')
    return now('--no-experimental-require-module', file('a.cjs', '\\n  require("./d.mjs")'))`,
  'timers and ticks': `${head}
    return now(file('a.mjs', 'process.nextTick(() => console.log("tick")); setTimeout(() => console.log("timer")); process.on("exit", (c) => console.log("exit", c))'))`,
  'modules that require': `${head}
    file('d.mjs', 'export default 1; export const n = 2')
    return [now(file('a.cjs', 'try { console.log(require("./d.mjs")); require("./none.mjs") } catch (e) { console.log(e.code) }')), now(file('b.mjs', 'import { createRequire } from "module"; console.log(createRequire(import.meta.url)("./d.mjs").n)'))]`,
})

likeNode('child_process: code that is a module', {
  'by its text': `${head}
    return [await asked(['-e', 'import fs from "fs"; console.log(import.meta.url, import.meta.main, process.argv.length)', 'x']), await asked(['-e', 'console.log(await 1, [await 2])']), await asked(['-e', 'export const a = 1; throw a']).then(([code]) => code), now('-e', 'import "fs"; console.log(import.meta.dirname)'), await asked([], 'import "fs"; console.log(import.meta.url)')]`,
  'by --input-type': `${head}
    const codeOf = ([code, out, error]) => [code, out, /ERR_\\w+|SyntaxError: .*/.exec(error)?.[0]]
    return [await asked(['--input-type=module', '-e', 'console.log(typeof require, this)']), await asked(['--input-type', 'module'], 'console.log(typeof require)'), codeOf(await asked(['--input-type=commonjs', '-e', 'import "fs"'])), codeOf(await asked(['--input-type=module', '-p', '1'])), codeOf(await asked(['-p', 'import "fs"'])),
      codeOf(await asked(['--input-type=module', file('a.mjs', '')])), await asked(['--input-type=module', file('a.cjs', 'console.log(1)')]), (await asked(['--input-type=x', '-e', '1'])).slice(0, 2)]`,
  'TypeScript by its text': `${head}
    const all = []
    for (const text of ['const a: string = "a"; console.log(a, module.id)', 'import fs from "fs"; const a: string = "a"; console.log(a, typeof fs, import.meta.main)', 'await 1; const a: number = 1; console.log(a)', 'function f() {}; console.log(f<Number>(1))', 'import "fs"; function f() {}; console.log(f<Number>(1))', 'throw new Error(<string>"x")', 'const a: number = 1; throw [a]', 'console.log(1 as number, '])
      all.push((await asked(['-e', text])).slice(0, 2))
    return [all, await asked(['-p', 'const n: number = 1; n + 1']), await asked([], 'let a: number = 2; console.log(a)'), (await asked(['-e', 'enum A { B }']))[2].match(/SyntaxError.*/)[0], (await asked(['--no-strip-types', '-e', 'const a: number = 1']))[2].match(/SyntaxError.*/)[0]]`,
  'TypeScript by --input-type': `${head}
    const codeOf = ([code, out, error]) => [code, out, /ERR.*TYPESCRIPT/.test(error) && error.split("\\n")[0], /ERR_\\w+|\\w*Error: .*/.exec(error)?.[0]], module = '--input-type=module-typescript', common = '--input-type=commonjs-typescript'
    return [await asked([module, '-e', 'const a: number = 1; console.log(a, typeof require, import.meta.main)']), await asked([common, '-e', 'const a: number = 1; console.log(a, typeof require)']), await asked([common], 'const a: number = 3; console.log(a)'),
      codeOf(await asked([module, '-e', 'require("fs")'])), codeOf(await asked([common, '-e', 'import "fs"'])), codeOf(await asked([module, '-e', 'enum A { B }'])), codeOf(await asked([common, '-e', 'let a b'])), codeOf(await asked(['--input-type=module', '-e', 'const a: number = 1'])), codeOf(await asked(['--input-type=commonjs', '-e', 'const a: number = 1']))]`,
  'await in odd places': `${head}
    const all = []
    for (const text of ['f(await 0); function f() {}', '[await ""]', 'if (await undefined) {}', 'f(await "" "")', 'f(foo bar)']) all.push((await asked(['-e', text])).slice(0, 2))
    return all`,
  'relative requests': `${head}
    file('a.mjs', 'export const a = 1'); file('node_modules/pkg/x.js', 'module.exports = 2'); file('node_modules/pkg/a%b/y.js', 'console.log("y")')
    return [await asked(['-e', 'import { a } from "./a.mjs"; import x from "pkg/x.js"; console.log(a, x)']), (await asked(['-e', 'import "./a"']))[2].includes('Did you mean to import "./a.mjs"'), await asked(['-e', 'import "pkg/a%25b/y.js"']), (await asked(['-e', 'import "pkg/x"']))[2].match(/Did[^{]*?/)?.[0]]`,
})

likeNode('child_process: modules before the main one', {
  'in their order': `${head}
    const imported = file('i.mjs', 'await 1; console.log("import", typeof require)'), required = file('r.cjs', 'console.log("require", module.isPreloading)'), main = file('m.cjs', 'console.log("main", require.main === module)')
    return [await asked(['--import', imported, '--require', required, main]), await asked(['--import=' + imported, '-e', 'console.log("code")']), await asked(['--import', required, '--import', imported, '--import', imported, file('m.mjs', 'console.log("main")')]), now('--import', file('s.mjs', 'console.log("import")'), main), now('--require', file('v.cjs', 'console.log(process.argv[1].slice(-6))'), 'm.cjs')]`,
  'that fail': `${head}
    const main = file('m.cjs', 'console.log("main")')
    return [(await asked(['--import', './none.mjs', main])).slice(0, 2), await asked(['--import', file('a.mjs', '\\nthrow new Error("x")'), main]), (await asked(['--import', file('b.mjs', 'await new Promise(() => {})'), main])).slice(0, 2)]`,
  'module.runMain': `${head}
    return now('--require', file('r.cjs', 'const m = require("module"), own = m.runMain; m.runMain = function (main) { console.log(arguments.length); own.apply(this, arguments) }'), file('m.cjs', 'console.log("main")'))`,
})

likeNode('child_process: what awaits for ever', {
  'exit codes and warnings': `${head}
    const wait = 'await new Promise(() => {})'
    return [await asked([file('a.mjs', '// one\\n  ' + wait)]), await asked(['--no-warnings', './a.mjs']), await asked([file('b.mjs', 'import "./a.mjs"')]), await asked(['-e', wait]), await asked([file('c.mjs', 'process.on("exit", (c) => console.log(c, process.exitCode)); ' + wait)]), await asked([file('d.mjs', 'process.on("exit", (c) => console.log(c, process.exitCode)); process.exitCode = 42; ' + wait)]), await asked([file('e.mjs', 'setTimeout(() => process.exit(), 1); ' + wait)])]`,
  rejections: `${head}
    return [await asked([file('a.mjs', '\\nawait Promise.reject(new Error("x"))')]), await asked([file('b.mjs', 'process.on("uncaughtException", (e, origin) => console.log(e.message, origin)); await 1; throw new Error("y")')])]`,
})

likeNode('child_process: --check and warnings', {
  '--check': `${head}
    const bad = file('bad.cjs', 'console.log(1); var a b'), good = file('good.cjs', '#!/usr/bin/env node\\nconsole.log(1)')
    const first = ([code, out, error]) => [code, out, error.split('\\n')[0].replace(/:\\d+$/, '')]
    return [first(await asked(['--check', bad])), await asked(['-c', good]), await asked(['--check', file('m.mjs', 'console.log(1); export {}')]), first(await asked(['-c', file('n.mjs', 'export {;')])), await asked(['-c', file('t.js', 'export const a = 1')]), await asked(['--import', file('i.mjs', 'console.log("import")'), '-c', good])]`,
  '--trace-require-module': `${head}
    file('d.mjs', 'export const d = 1'); file('node_modules/p/index.js', 'require("../../d.mjs")')
    return [await asked(['--trace-require-module=all', file('a.cjs', 'require("./d.mjs")')]), await asked(['--trace-require-module=no-node-modules', file('b.cjs', 'require("p")')]), await asked(['--trace-require-module=no-node-modules', './a.cjs']), await asked(['./a.cjs'])]`,
  'main files that packages do not name in full': `${head}
    const all = []
    for (const [n, main] of [undefined, './index.js', 'index', './']. entries()) { file('node_modules/p' + n + '/package.json', JSON.stringify({ main, type: 'module' })); file('node_modules/p' + n + '/index.js', ''); all.push(await asked(['-e', 'import "p' + n + '"'])) }
    file('node_modules/c/index.js', ''); all.push(await asked(['-e', 'import "c"']))
    return all`,
  'process.features': `${head}
    return [now('-p', 'process.features.require_module'), now('--no-experimental-require-module', '-p', 'process.features.require_module'), now('--no-require-module', '-p', 'process.features.require_module')]`,
})
