import { createLoader } from 'lodger'
import { createLoader as createOnNode } from 'lodger/hosts/node'
import { describe, expect, test } from 'vitest'
import { likeNode } from './like-node.ts'

const head = `const vm = require('vm'), c = vm.createContext({ a: 1, log: [] }), run = (code) => caught(() => vm.runInContext(code, c));`

likeNode('vm: contexts', {
  'declarations land on the sandbox': `${head}
    const value = run('var z = 1, { p, q: [r = 4] } = { p: 2, q: [] }; function f() { return z } undeclared = 3; for (var i = 0; i < 2; i++) { var inner = i } 7')
    return [value, Object.entries(c).map(([k, v]) => k + ':' + typeof v).sort(), c.f(), c.r, c.i, c.inner, Object.getOwnPropertyDescriptor(c, 'z')]`,
  'let, const and class stay beside it': `${head}
    return [run('let l = 1; const k = 2; class C { static n = 3 } l'), 'l' in c, run('l++; l + k + C.n'), run('let l'), run('var k'), run('k = 1'), run('typeof l + typeof nope'), run('nope'), run('(() => l)()')]`,
  'functions are there from the start': `${head}
    return [run('log.push(typeof this.f, typeof f, typeof v); var v = 1; function f() {} f = 5; this.f'), c.f, c.log]`,
  'strict code': `${head}
    return [run('"use strict"; var v = 1; function f() { return v } this.f === f'), c.v, c.f(), run('"use strict"; other = 1'), 'other' in c, run('"use strict"; delete Object.prototype')]`,
  'what a context is': `${head}
    const g = run('globalThis')
    return [run('this === globalThis'), g === c, run('typeof process + typeof require + typeof Buffer + typeof setTimeout + typeof console'), run('[typeof Object, typeof JSON, typeof Math, typeof eval]'), vm.isContext(c), vm.isContext({}),
      run('delete a'), 'a' in c, run('Object.keys(globalThis)'), run('"a" in this'), c === vm.createContext(c), vm.runInNewContext('a + b', { a: 1, b: 2 }), vm.isContext(vm.createContext())]`,
  'sandboxes with a will of their own': `${head}
    const o = vm.createContext(Object.create({ inherited: 1 }, { fixed: { value: 2 }, got: { get: () => 3, enumerable: true } })); o.window = o
    const on = (code) => caught(() => vm.runInContext(code, o))
    return [on('inherited + fixed + got'), on('fixed = 5; fixed'), on('"use strict"; fixed = 5'), on('window === this'), on('var inherited = 9; inherited'), o.inherited, vm.isContext(vm.createContext(vm.constants.DONT_CONTEXTIFY))]`,
  'completion values': `${head}
    return ['1;2', 'if (a) { "yes" }', 'for (const x of [1, 2]) x', '', 'var n = 4', '({ a: 1 })', '"use strict"', 'function f() {} ', '/[/}]/.test("}") ? \`\${"}"}\` : 0'].map(run)`,
  'what only looks like a declaration': `${head}
    run('const t = { var: 1, let: 2, function: 3, class: 4 }; label: for (;;) { break label } var made = function inner() { var hidden = 1; return hidden }(), second = (x => { var lost = x; return lost })(2)\\nvar third = 3, \\n fourth = 4')
    run('var re = /var x = "/g, s = "var y = 1", tpl = \`\${(() => { var q = 1; return q })()} var w = 1\`; /* var v = 1 */ // var u')
    return Object.keys(c).sort()`,
})

likeNode('vm: scripts and functions', {
  'this context': `
    const vm = require('vm')
    return [vm.runInThisContext('var seen = 5; typeof process + typeof Buffer'), globalThis.seen, vm.runInThisContext('seen + 1'), vm.runInThisContext('let kept = 1; kept'), vm.runInThisContext('kept + 1'), vm.runInThisContext('this === globalThis'),
      vm.runInThisContext('(function (a) { return a + seen })')(1), new vm.Script('seen = 7').runInThisContext(), globalThis.seen, 'kept' in globalThis]`,
  compileFunction: `${head}
    const fn = vm.compileFunction('return a + b + c', ['a', 'b', 'c'])
    return [fn(1, 2, 3), fn.length, vm.compileFunction('return x + y', [], { contextExtensions: [{ x: 1, y: 1 }, { y: 2 }] })(), vm.compileFunction('return a', [], { parsingContext: c })(), vm.compileFunction('made = 1', [], { parsingContext: c })(), c.made,
      caught(() => vm.compileFunction('}, function () {')).name, typeof vm.compileFunction('return process')(), caught(() => vm.compileFunction('}); (function () {')).name]`,
  scripts: `
    const vm = require('vm'), script = new vm.Script('n = typeof n === "number" ? n + 1 : 0\\n//# sourceMappingURL=x.map')
    const c = vm.createContext({})
    return [script.runInContext(c), script.runInContext(c), script.runInNewContext({ n: 5 }), script.sourceMapURL, script.cachedDataRejected, new vm.Script('1', { cachedData: Buffer.alloc(3) }).cachedDataRejected, new vm.Script('1', { produceCachedData: true }).cachedDataProduced,
      Buffer.isBuffer(script.createCachedData()), vm.createScript('1 + 1').runInThisContext(), caught(() => new vm.Script('a b')).name, caught(() => new vm.Script('"use strict"; with (a) b')).name, caught(() => new vm.Script('throw 5').runInThisContext())]`,
  'offsets of any size': `
    const vm = require('vm'), offsets = [-(2 ** 31), 2 ** 31 - 1]
    return offsets.map((lineOffset) => [vm.compileFunction('return 1', [], { lineOffset, columnOffset: lineOffset })(), vm.runInThisContext('2', { lineOffset })])`,
  'stacks name the file': `
    const vm = require('vm'), frame = (e) => e.stack.split('\\n').filter((l) => l.includes('named.js'))[0]
    const thrown = (fn) => { try { fn() } catch (e) { return e.stack.split('\\n').slice(0, 4) } }
    return [frame(vm.runInNewContext('\\n  new Error("x")', { }, 'named.js')).includes('named.js:2:3'), thrown(() => vm.runInNewContext('1;\\n  throw new Error("x")', {}, { filename: 'named.js', lineOffset: 10 })), thrown(() => vm.runInNewContext('throw new Error("x")', {}, { filename: 'named.js', displayErrors: false }))[0]]`,
  'arguments that are wrong': `${head}
    return [() => vm.isContext(1), () => vm.createContext(1), () => vm.runInContext('1', {}), () => vm.createContext({}, { name: 1 }), () => vm.createContext({}, null), () => new vm.Script('1', { cachedData: 1 }), () => new vm.Script('1', { produceCachedData: 1 }), () => new vm.Script('1', { importModuleDynamically: 1 }),
      () => vm.runInNewContext('1', {}, { timeout: -1 }), () => vm.runInNewContext('1', {}, { displayErrors: 1 }), () => vm.compileFunction('', [], { parsingContext: {} }), () => vm.compileFunction('', [], { contextExtensions: [1] }), () => vm.compileFunction('', 1), () => vm.createContext({}, { microtaskMode: 1 }),
      () => vm.createContext({}, { codeGeneration: { strings: 1 } }), () => vm.Script('1'), () => vm.runInNewContext('1', {}, { contextName: 1 }), () => vm.runInNewContext('1', 1), () => vm.runInNewContext('', null), () => vm.compileFunction('', [], 'x'), () => new vm.Script('1').runInThisContext(null)].map(caught)`,
  'import() is refused': `
    const vm = require('vm')
    return vm.runInNewContext('import("fs")').catch((e) => [e.code, e.name, e.message])`,
})

describe('vm', () => {
  const run = (source: string, make = createLoader) =>
    make({ fs: { '/main.js': `const vm = require('vm')\n${source}` } }).main('/main.js')

  test('keeps a time limit only afterwards', () => {
    const source = `
      const end = Date.now() + 30
      try { vm.runInNewContext('while (Date.now() < end);', { end, Date }, { timeout: 5 }) }
      catch (error) { module.exports = [error.code, error.message] }`
    expect(run(source)).toEqual([
      'ERR_SCRIPT_EXECUTION_TIMEOUT',
      'Script execution timed out after 5ms',
    ])
  })

  test('refuses import() where an importer is given, as node does without a flag', async () => {
    const source = `module.exports = vm.runInThisContext('import("fs")', { importModuleDynamically() {} })`
    await expect(run(source)).rejects.toMatchObject({
      code: 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG',
    })
  })

  test("import() of a script is the loader's own where that is asked for", async () => {
    const source = `const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
      module.exports = vm.runInThisContext('import("path")', { importModuleDynamically })`
    expect(await run(source)).toHaveProperty('posix')
  })

  test.each([
    ['any realm', createLoader],
    ['node', createOnNode],
  ])("shows no context and no script the host's own process: %s", (_, make) => {
    const source = `
      const inside = 'typeof process === "undefined" ? undefined : process'
      module.exports = [vm.runInNewContext(inside), vm.runInThisContext(inside) === process, vm.runInThisContext('var x = 1; process') === process]`
    expect(run(source, make)).toEqual([undefined, true, true])
  })

  test('leaves nothing on the global object of the realm', () => {
    const before = Object.getOwnPropertyNames(globalThis)
    run(
      `vm.runInNewContext('a = 1; var b; let c; function d() {} (() => { e = 1 })()'); vm.runInThisContext('a1 = 1; var b1; let c1; function d1() {}')`,
    )
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(before)
  })
})
