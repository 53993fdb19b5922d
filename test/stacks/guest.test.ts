/** Stacks that guest code reads itself, once it has asked for source maps: node 26.10 with the same files is the oracle. */
import { endsAsWithNode } from '../cli/cases.ts'
import { inlined, transpiled } from './transpiled.ts'

const library = `interface Options { readonly deep: boolean }
/** Says no. */
export function refuse(options: Options): never {
  throw new RangeError(\`no: \${options.deep}\`)
}
export class Keeper {
  keep(): void { refuse({ deep: true }) }
  static open(): void { new Keeper().keep() }
}
export const arrow = (): void => Keeper.open()
export async function later(): Promise<void> { await null; arrow() }
export class Own extends Error { name = 'Own'; constructor(m: string) { super(m); Error.captureStackTrace(this, Own) } }
export const make = (): Error => new Own('own')
export const call = (): Error => TypeError('called')
`

const plain = inlined(transpiled(library, 'library.ts'))
const small = transpiled(library, 'library.ts', { minify: true })

/** Prints the guest's own frames of a stack. */
const show = `const show = (e) => console.log(e.stack.split('\\n').filter((line) => !line.includes('node:')).join('\\n'))
const caught = (fn) => { try { fn() } catch (e) { return e } }
`

const flag = ['--enable-source-maps']

endsAsWithNode('PH-23 error.stack with --enable-source-maps', [
  {
    name: 'of functions, methods, classes, subclasses and promises',
    files: {
      'library.js': plain,
      'main.js': `${show}const { arrow, later, make, call } = require('./library')
        show(caught(arrow)); show(make()); show(call()); later().catch(show)`,
    },
    flags: flag,
    code: 0,
    shows: 'at refuse (<dir>/library.ts:4:9)',
  },
  {
    name: 'of minified text, with the map beside it',
    files: {
      'library.js': `${small.code}//# sourceMappingURL=maps/library.js.map`,
      'maps/library.js.map': small.map.replace('"library.ts"', '"../src/library.ts"'),
      'main.js': `${show}const { arrow } = require('./library')\nshow(caught(arrow))`,
    },
    flags: flag,
    code: 0,
    shows: 'at refuse (<dir>/src/library.ts:4:9)',
  },
  {
    name: 'of an ES module',
    files: {
      'library.mjs': inlined(transpiled(library, 'library.ts', { format: 'esm' })),
      'main.mjs': `${show}import { arrow, later } from './library.mjs'\nshow(caught(arrow)); later().catch(show)`,
    },
    flags: flag,
    words: ['main.mjs'],
    code: 0,
    shows: 'at refuse (<dir>/library.ts:4:9)',
  },
  {
    name: 'switched on and off, and by the process',
    files: {
      'library.js': plain,
      'main.js': `${show}const Module = require('module')
        const fresh = () => { delete require.cache[require.resolve('./library')]; show(caught(require('./library').arrow)) }
        const say = () => console.log(Module.getSourceMapsSupport(), process.sourceMapsEnabled)
        say(); Module.setSourceMapsSupport(true); say(); fresh()
        Module.setSourceMapsSupport(false); say()
        process.setSourceMapsEnabled(true); say(); fresh()`,
    },
    code: 0,
    shows: 'at refuse (<dir>/library.ts:4:9)',
  },
  {
    name: 'not of packages, unless asked',
    files: {
      'node_modules/library/index.js': plain,
      'main.js': `${show}const Module = require('module'); Module.setSourceMapsSupport(true)
        show(caught(require('library').arrow))
        delete require.cache[require.resolve('library')]
        Module.setSourceMapsSupport(true, { nodeModules: true })
        show(caught(require('library').arrow))`,
    },
    code: 0,
    shows: 'at refuse (<dir>/node_modules/library/index.js:',
  },
  {
    name: 'written by the program itself, which finds the map',
    files: {
      'library.js': plain,
      'main.js': `const { findSourceMap } = require('module'); const { arrow } = require('./library')
        Error.prepareStackTrace = (error, trace) => error.name + '|' + trace.slice(0, 4).map((site) => {
          const origin = findSourceMap(site.getFileName())?.findOrigin(site.getLineNumber(), site.getColumnNumber())
          return site.getFunctionName() + ' ' + (origin ? origin.fileName.slice(-10) + ':' + origin.lineNumber + ':' + origin.columnNumber : '-') })
        try { arrow() } catch (error) { console.log(error.stack) }`,
    },
    flags: flag,
    code: 0,
    shows: 'RangeError|refuse library.ts:4:9',
  },
  {
    name: "handed on by the program to node's own way of writing",
    files: {
      'library.js': plain,
      'main.js': `${show}const { arrow } = require('./library')
        const usual = Error.prepareStackTrace; console.log(usual.name)
        Error.prepareStackTrace = (error, trace) => 'x' + usual(error, trace)
        show(caught(arrow)); Error.prepareStackTrace = usual; show(caught(arrow))`,
    },
    flags: flag,
    code: 0,
    shows: 'xRangeError: no: true',
  },
  {
    name: 'with maps that have node’s payload and lengths of lines',
    files: {
      'library.js': `#!/usr/bin/env node\r\n// é\u2028${plain}`,
      'maps/library.mjs.map': JSON.stringify({ ...JSON.parse(small.map), sourceRoot: '../src/' }),
      'library.mjs': `export {}\n//# sourceMappingURL=maps/library.mjs.map\n\n`,
      'main.mjs': `import { createRequire, findSourceMap } from 'node:module'
        import './library.mjs'
        const require = createRequire(import.meta.url); require('./library.js')
        for (const name of ['./library.js', './library.mjs']) {
          const { pathname, href } = new URL(name, import.meta.url)
          const { payload, lineLengths, ...rest } = findSourceMap(pathname)
          console.log(payload, lineLengths, rest, findSourceMap(href) === findSourceMap(pathname))
        }
        console.log(findSourceMap(import.meta.url), findSourceMap('library.js'))`,
    },
    flags: flag,
    words: ['main.mjs'],
    code: 0,
    shows: '<dir>/src/library.ts',
  },
  {
    name: 'of errors of the engine and of builtins, as they are printed',
    files: {
      'library.js': inlined(
        transpiled(
          `interface A {}\nexport const read = (): void => { (null as any).x }\nexport const open = (): void => require('fs').readFileSync('/absent')\nexport const carry = (): void => { try { read() } catch (cause) { throw new Error('x', { cause }) } }`,
          'library.ts',
        ),
      ),
      'main.js': `const { inspect } = require('util'); const library = require('./library')
        for (const name of ['read', 'open', 'carry']) {
          try { library[name]() } catch (error) {
            console.log(inspect(error).split('\\n').filter((line) => !/node:|lines matching/.test(line)).join('\\n').replaceAll(' {', '')) } }`,
    },
    flags: flag,
    code: 0,
    shows: 'at Object.read (<dir>/library.ts:2:49)',
  },
  {
    name: 'with errors that assert knows by their class',
    files: {
      'main.js': `const assert = require('assert'); class Own extends RangeError {}
        assert.throws(() => { throw new Own('a') }, Own); assert.throws(() => null.x, TypeError)
        try { assert.throws(() => { throw new Error('b') }, Own) } catch (e) { console.log(e.name, e.message) }
        console.log(require('util').types.isNativeError(new Own()), require('util').inspect(new Own('c')).split('\\n')[0])`,
    },
    flags: flag,
    code: 0,
    shows: 'true Own [RangeError]: c',
  },
  {
    name: 'of errors that nobody catches, with the line of the source',
    files: {
      'library.js': plain,
      'main.js': `require('./library').arrow()`,
    },
    flags: flag,
    code: 1,
    shows: '<dir>/library.ts:4\n',
  },
  {
    name: 'of an error of the engine that nobody catches',
    files: {
      'library.js': inlined(
        transpiled('interface A {}\n\nconst a: A | null = null\n  a!.x()', 'library.ts'),
      ),
      'main.js': `process.nextTick(() => require('./library'))`,
    },
    flags: flag,
    code: 1,
    shows: 'at Object.<anonymous> (<dir>/library.ts:4:6)',
  },
  {
    name: 'with classes that are what they were',
    files: {
      'main.js': `const { TypeError: T } = globalThis
        class A extends T {}
        const made = [new A('a'), T('b'), Reflect.construct(Error, ['c'], A), new AggregateError([1], 'd', { cause: 2 })]
        console.log(made.map((e) => [e instanceof A, e instanceof T, e instanceof Error, e.name, e.message, e.cause]))
        console.log(Object.getPrototypeOf(T) === Error, T.prototype === A.prototype.__proto__, T.name, T.length)
        console.log(Object.keys(new Error('x')), typeof Error.captureStackTrace, Error.captureStackTrace.length, Error.stackTraceLimit)
        Error.stackTraceLimit = 1; console.log(new Error('x').stack.split('\\n').length); Error.stackTraceLimit = 0; console.log(new Error('x').stack)
        const o = {}; Error.captureStackTrace(o); console.log(o.stack)`,
    },
    flags: flag,
    code: 0,
    shows: 'true true TypeError 1',
  },
  {
    name: 'by util.getCallSites',
    files: {
      'library.js': inlined(
        transpiled(
          'interface A {}\nexport const where = (o?: object): object[] =>\n  require("util").getCallSites(1, o)',
          'library.ts',
        ),
      ),
      'main.js': `const { where } = require('./library'); const say = (o) => { const [{ scriptId, ...site }] = where(o); console.log(site) }
        say(); say({ sourceMap: true }); say({ sourceMap: false })`,
    },
    flags: flag,
    code: 0,
    shows: `functionName: 'where'`,
  },
])
