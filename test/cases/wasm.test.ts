import { oracle } from '../oracle/suite.ts'
import { add, exportNothing, i32, importFunction, section, text, wasm } from '../oracle/wasm.ts'

/** Tells `./log.mjs` of 42 when it starts; exports a constant, a variable, and what counts it up. */
const counter = wasm(
  section(1, [0x60, 1, i32, 0], [0x60, 0, 0]),
  section(2, [...text('./log.mjs'), ...text('log'), 0, 0]),
  section(3, [1], [1]),
  section(6, [i32, 0, 0x41, 5, 0x0b], [i32, 1, 0x41, 7, 0x0b]),
  section(7, [...text('five'), 3, 0], [...text('count'), 3, 1], [...text('inc'), 0, 2]),
  [8, 1, 1],
  section(10, [6, 0, 0x41, 42, 0x10, 0, 0x0b], [9, 0, 0x23, 1, 0x41, 1, 0x6a, 0x24, 1, 0x0b]),
)

/** Reads the counter's variable itself. */
const reader = wasm(
  section(1, [0x60, 0, 1, i32]),
  section(
    2,
    [...text('./counter.wasm'), ...text('five'), 3, i32, 0],
    [...text('./counter.wasm'), ...text('count'), 3, i32, 1],
  ),
  section(3, [0]),
  section(7, [...text('get'), 0, 0]),
  section(10, [4, 0, 0x23, 1, 0x0b]),
)

const tree = {
  'add.wasm': add('add', 'default', 'a b'),
  'counter.wasm': counter,
  'reader.wasm': reader,
  'log.mjs': 'export const said = []; export const log = (n) => { said.push(n) }',
}
const look = `const look = (ns) => [Object.keys(ns), Object.prototype.toString.call(ns), Object.values(ns).map((v) => typeof v === 'function' ? v.name + v.length : v)]
  const failing = (file, options) => import(file, options).then(() => 'none', (e) => [e.constructor.name, e.code, e.message.replaceAll(__dirname, 'DIR').replace(/ (?:module=)?"[^:]*/, '')])`

oracle('WebAssembly modules', [
  {
    name: 'X5 names of all kinds, constants and variables; a start function; the instance is made once',
    tree,
    program: `${look}; module.exports = (async () => {
      const a = await import('./add.wasm'), c = await import('./counter.wasm'); c.inc()
      return [look(a), a === await import('./add.wasm'), a === await import('./add.wasm?1'), a.add(2, 3), a.default === a.add, look(c), (await import('./log.mjs')).said] })()`,
    shows: 'experimental feature',
  },
  {
    name: 'X5 one instance takes the variables of another themselves',
    tree,
    program: `module.exports = (async () => { const { inc } = await import('./counter.wasm'), { get } = await import('./reader.wasm'); const before = get(); inc(); return [before, get()] })()`,
    shows: '8',
  },
  {
    name: 'X5 static imports of it, by import and by require',
    tree: {
      ...tree,
      'a.mjs': `import plus, { add as same, 'a b' as spaced } from './add.wasm'; export * from './add.wasm'; export default [plus(1, 2), same === plus, spaced === plus]`,
    },
    program: `${look}; module.exports = [require('./a.mjs').default, Object.keys(require('./a.mjs'))]`,
    shows: 'a b',
  },
  {
    name: 'X5 without an extension, by its first bytes; as data; what require makes of it',
    tree: {
      'plain/add': add('add'),
      'esm/package.json': '{"type":"module"}',
      'esm/add': add('add'),
      'common/package.json': '{"type":"commonjs"}',
      'common/add': add('add'),
      'add.wasm': add('add'),
    },
    program: `${look}; module.exports = (async () => { const base64 = require('fs').readFileSync(__dirname + '/add.wasm').toString('base64')
      return [(await import('./plain/add')).add(1, 1), (await import('./esm/add')).add(1, 2), (await import('data:application/wasm;base64,' + base64)).add(1, 3), (await failing('./common/add'))[0], attempt(() => require('./add.wasm')).error.name] })()`,
    shows: 'SyntaxError',
  },
  {
    name: 'X5 what is none, names that are reserved, what is not there, wrong attributes',
    tree: {
      ...tree,
      'broken.wasm': Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0),
      'export.wasm': exportNothing('wasm:x'),
      'import.wasm': importFunction('wasm-js:x', 'a'),
      'name.wasm': importFunction('./log.mjs', 'wasm:a'),
      'missing.wasm': importFunction('./log.mjs', 'nothing'),
      'absent.wasm': importFunction('./absent.mjs', 'a'),
      'cycle.mjs': 'import { f } from "./cycle.wasm"; export { f }; f()',
      'cycle.wasm': importFunction('./cycle.mjs', 'f'),
    },
    program: `${look}; module.exports = (async () => { const all = []
      for (const name of ['broken', 'export', 'import', 'name', 'missing', 'absent', 'none']) all.push(await failing('./' + name + '.wasm'))
      return [all, (await failing('./cycle.mjs')).slice(0, 2), await failing('./add.wasm', { with: { type: 'json' } }), await failing('./add.wasm', { with: { type: 'wasm' } })] })()`,
    shows: ['LinkError', 'CompileError'],
  },
  {
    name: 'X5 hooks are told of it, and give it',
    tree,
    program: `${look}; const told = [], { registerHooks } = require('module'), fs = require('fs')
      registerHooks({
        resolve(s, c, next) { const found = next(s, c); told.push([s, found.format]); return found },
        load(url, c, next) {
          if (url.endsWith('?text')) return { format: 'wasm', source: 'x', shortCircuit: true }
          if (url.endsWith('?bytes')) return { format: 'wasm', source: new Uint8Array(fs.readFileSync(__dirname + '/add.wasm')).buffer, shortCircuit: true }
          const read = next(url, c); told.push([c.format, read.format, read.source?.constructor.name]); return read
        } })
      module.exports = (async () => [(await import('./add.wasm')).add(3, 4), (await import('./log.mjs?bytes')).add(1, 2), await failing('./log.mjs?text'), told])()`,
    shows: 'Buffer',
  },
])
