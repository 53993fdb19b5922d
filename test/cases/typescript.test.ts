import { refused } from '../oracle/node.ts'
import { oracle } from '../oracle/suite.ts'

/** What `import()` gives, or what it says. */
const asking = `const head = (e) => e.stack.split('\\n').filter((line) => line && !line.startsWith('    at '));
  const ask = async (specifier) => { try { return { ...(await import(specifier)) } } catch (e) { return [e.name, e.code, e.message, head(e)] } };`

const loose = `const x: number = 40; interface Gone { a: 1 }
module.exports = [x + 2 as number, typeof require]`

oracle('TypeScript by node rules', [
  {
    name: 'X12 require strips types of .ts, .cts and .mts; other names and names without extension are as ever',
    tree: {
      'a.ts': loose,
      'b.cts': `exports.b = 1 as number; exports.file = __filename.slice(-5)`,
      'c.mts': `export const c: number = 1; export default import.meta.filename.slice(-5)`,
      'd.tsx': 'module.exports = 5',
      'e.tsx': loose,
      'f.jsx': 'module.exports = 6',
      'g.jsx': 'module.exports = <b/>',
      'h.d.ts': 'declare const h: number',
      'i.test.ts': loose,
      '.ts': 'module.exports = 7',
      'j.TS': loose,
      'dir/index.ts': loose,
    },
    program: `module.exports = [attemptAll(['./a.ts', './b.cts', './c.mts', './d.tsx', './f.jsx', './h.d.ts', './i.test.ts', './.ts', './a', './b', './dir'], require),
      ...['./e.tsx', './g.jsx', './j.TS'].map((id) => attempt(() => require(id)).name), Object.keys(require.extensions)]`,
  },
  {
    name: 'X12 X6 the format of a .ts file: by type, or by what it says; the names that import sees',
    tree: {
      'none/package.json': '{}',
      'none/cjs.ts': loose,
      'none/esm.ts': 'export const a: number = 1; export default typeof require',
      'none/types.ts': `import type { A } from './nowhere'; const a: A = 1; module.exports = { a }`,
      'mod/package.json': '{"type":"module"}',
      'mod/a.ts': 'export const a: number = 1; export default typeof require',
      'mod/b.cts': 'exports.one = 1 as number; exports.two = typeof require',
      'mod/c.ts': loose,
      'cjs/package.json': '{"type":"commonjs"}',
      'cjs/a.ts': 'exports.one = 1 as number; exports.two = typeof require',
      'cjs/b.mts': 'export const a: number = 1; export default typeof require',
      'cjs/c.ts': 'export const a: number = 1',
      'bare/a.ts': 'export const a: number = 1',
    },
    program: `${asking}
      const files = ['./none/cjs.ts', './none/esm.ts', './none/types.ts', './mod/a.ts', './mod/b.cts', './cjs/a.ts', './cjs/b.mts', './bare/a.ts'];
      module.exports = (async () => [attemptAll(files, require), await Promise.all(files.map(ask)), attempt(() => require('./mod/c.ts')).message, attempt(() => require('./cjs/c.ts')).name])()`,
  },
  {
    name: 'X12 the format of a .ts file that is imported first',
    tree: {
      'none/package.json': '{}',
      'none/cjs.ts': `exports.a = 1 as number; exports.again = require('./other.ts')`,
      'none/other.ts': `exports.b = 2 as number`,
      'none/esm.ts': `import { a } from './cjs.ts'; import { c } from '../typed.cts'; export const sum: number = a + c`,
      'typed.cts': 'interface A { x: 1 }; exports.c = 3 as number',
    },
    program: `${asking} module.exports = (async () => [await ask('./none/esm.ts'), await ask('./none/cjs.ts'), require('./none/other.ts')])()`,
  },
  {
    name: 'X12 what cannot be stripped: classes, codes, texts and the lines that are shown, by require and by import',
    tree: {
      'enum.ts': 'const a = 1\n\nenum A { b }\nconst c = 2',
      'enum.mts': 'const a = 1\n\nenum A { b }\nconst c = 2',
      'bad.ts': 'const a: = 1\nlet b',
      'bad.cts': 'const a: = 1\nlet b',
      'namespace.cts': 'namespace N { export const a = 1 }',
      'parameter.cts': 'class A { constructor(private a: number) {} }',
      'decorator.cts': 'class A { @dec b: number }',
      'equals.cts': `import fs = require('fs')`,
      'node_modules/p/index.ts': loose,
      'node_modules/p/package.json': '{"main":"index.ts"}',
      'node_modules/p/m.mts': 'export default 1',
    },
    program: `${asking} const one = (id) => { try { return require(id) } catch (e) { return [e.name, e.code, e.message, e instanceof SyntaxError, String(e), Object.keys(e), head(e)] } };
      const files = ['./enum.ts', './enum.mts', './bad.ts', './bad.cts', './namespace.cts', './parameter.cts', './equals.cts', 'p', 'p/m.mts'];
      module.exports = (async () => [files.map(one), await Promise.all(files.map(ask)), attempt(() => require('./decorator.cts')).name])()`,
    shows: [
      'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
      'ERR_INVALID_TYPESCRIPT_SYNTAX',
      'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
    ],
  },
  {
    name: 'X12 import knows no .tsx and no .jsx',
    tree: { 'a.tsx': 'export {}', 'b.jsx': 'export {}', 'c.ts': 'export default 1' },
    program: `${asking} module.exports = (async () => [await ask('./a.tsx'), await ask('./b.jsx'), (await ask('./c')).slice(0, 2)].map((answer) => answer.slice(0, 3)))()`,
    shows: 'ERR_UNKNOWN_FILE_EXTENSION',
  },
  {
    name: 'X12 a type that is imported without the word is an export that is not there',
    tree: {
      'a.mts': `import { A } from './types.ts'; export const a: A = 1`,
      'b.mts': `import { B } from './b.cts'; export const b: B = 1`,
      'types.ts': 'export type A = number',
      'b.cts': 'exports.c = 1',
    },
    program: `${asking} module.exports = (async () => [await ask('./a.mts'), await ask('./b.mts')])()`,
    shows: 'does not provide an export named',
  },
  {
    name: 'X12 main files: .cts',
    tree: { 'main.cts': 'module.exports = [require.main === module, 1 as number]' },
    at: 'main.cts',
  },
  {
    name: 'X12 main files: .ts that is CommonJS',
    tree: { 'main.ts': 'module.exports = [require.main === module, module.id, 1 as number]' },
    at: 'main.ts',
  },
  ...['--no-strip-types', '--no-experimental-strip-types'].map((flag) => ({
    name: `X12 ${flag}`,
    execArgv: [flag],
    tree: {
      'a.ts': loose,
      'b.mts': 'export default 1',
      'c.cts': 'module.exports = 1',
      'd.ts': 'module.exports = 2',
      'e.ts': 'export default 3',
    },
    program: `${asking} module.exports = (async () => [attempt(() => require('./a.ts')).message, attemptAll(['./b.mts', './c.cts', './d.ts', './e.ts'], require), (await Promise.all(['./a.ts', './b.mts', './c.cts'].map(ask))),
      process.features.typescript, attempt(() => require('module').stripTypeScriptTypes('let a: number')), attempt(() => { const m = new module.constructor('/x'); m._compile('exports.a = 1 as number', '/x', 'commonjs-typescript'); return m.exports })])()`,
  })),
  {
    name: 'X12 ERR_REQUIRE_ESM for TypeScript that is an ES module',
    execArgv: refused,
    tree: {
      'a.mts': 'export const a: number = 1',
      'esm/package.json': '{"type":"module"}',
      'esm/b.ts': 'export const b: number = 1',
      'c.ts': 'export const c = 1',
      'd.ts': 'module.exports = 4 as number',
    },
    program: `module.exports = ['./a.mts', './esm/b.ts', './c.ts', './d.ts'].map((id) => { try { return require(id) } catch (e) { return [e.name, e.code, e.message] } })`,
    shows: 'ERR_REQUIRE_ESM',
  },
  {
    name: 'X12 NODE_OPTIONS',
    env: { NODE_OPTIONS: '--no-strip-types' },
    tree: { 'd.ts': loose },
    program: `module.exports = [process.features.typescript, attempt(() => require('./d.ts')).message]`,
  },
  {
    name: 'X12 module.stripTypeScriptTypes',
    program: `${asking} const { stripTypeScriptTypes: strip } = require('module');
      module.exports = [process.features.typescript, strip.name, strip.length, ...[
        ['let x: number = 1;throw 1'], ['let x: number', { sourceUrl: 'a.ts' }], ['enum A { b }'], ['let x: = 1', { sourceUrl: 'a.ts' }], [1], [], ['a', { mode: 'transform' }], ['a', { mode: 'strip' }],
        ['a', { sourceMap: true }], ['a', { sourceMap: undefined }], ['a', { sourceUrl: 1 }], ['a', null], ['a', []], ['a', 1], [''], ['export const a: number = 1; import type { b } from "c"'],
      ].map((args) => { try { return strip(...args) } catch (e) { return [e.name, e.code, e.message, head(e)] } })]`,
  },
  {
    name: 'X12 Module.prototype._compile takes the formats of TypeScript',
    program: `${asking} const compile = (text, file, format) => { const m = new module.constructor(file); m.filename = file; try { m._compile(text, file, format); return m.exports } catch (e) { return [e.name, e.code, e.message, e.stack.split('\\n')[0]] } };
      module.exports = [compile('exports.a = 1 as number', __dirname + '/x', 'commonjs-typescript'), compile('export const a: number = 1', __dirname + '/y.foo', 'module-typescript'), compile('export const a: number = 1', __dirname + '/z', 'typescript'), compile('exports.a = 1 as number', __dirname + '/w', 'typescript'),
        compile('exports.a = 1 as number', __dirname + '/node_modules/x', 'typescript'), compile('enum A {}', __dirname + '/v', 'commonjs-typescript'), compile('export const a: number = 1', __dirname + '/u', 'commonjs-typescript').slice(0, 2), compile('const a: number = 1', __dirname + '/t', 'commonjs').slice(0, 3)]`,
  },
  {
    name: 'X12 hooks are told of TypeScript and may give it under any name',
    tree: {
      'a.ts': 'exports.a = 1 as number',
      'b.mts': 'export const b: number = 2',
      'c.txt': '',
      'd.txt': '',
      'e.cts': 'exports.e = 5 as number',
      'f.js': 'exports.f = 6',
    },
    program: `${asking} const { registerHooks } = require('module'); const log = [];
      registerHooks({
        resolve(s, c, next) { const r = next(s, c); log.push(['resolve', s, r.format]); return r },
        load(url, c, next) {
          if (url.endsWith('c.txt')) return { format: 'commonjs-typescript', source: 'exports.c = 3 as number; exports.more = 1', shortCircuit: true };
          if (url.endsWith('d.txt')) return { format: 'module-typescript', source: 'export const d: number = 4', shortCircuit: true };
          const r = next(url, c); log.push(['load', url.slice(-5), c.format, r.format, typeof r.source]); return r },
      });
      module.exports = (async () => [attemptAll(['./a.ts', './b.mts', './c.txt', './d.txt', './e.cts'], require), await ask('./a.ts'), await ask('./b.mts'), await ask('./c.txt'), await ask('./d.txt'), await ask('./e.cts'), await ask('./f.js'), log])()`,
  },
])
