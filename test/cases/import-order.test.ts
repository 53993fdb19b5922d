import { oracle } from '../oracle/suite.ts'

/** When an `import()` begins and ends among others, and what one leaves behind that fails. */
oracle('import order', [
  {
    name: 'how many jobs of promises an import takes: new and known, deep, awaiting, failing, required before',
    tree: {
      'a.mjs': '',
      'b.mjs': 'import "./a.mjs"; import "./c.mjs"',
      'c.mjs': 'import "./d.mjs"',
      'd.mjs': 'import "./c.mjs"',
      'await.mjs': 'import "./b.mjs"; await 0',
      'e.cjs': '',
      'throws.mjs': 'throw 1',
      'required.mjs': '',
    },
    program: `const measure = (file) => new Promise((done) => {
        let jobs = 0
        const end = () => { const passed = jobs; setImmediate(() => done([file, passed])) }
        const count = () => { if (++jobs < 50) Promise.resolve().then(count) }
        import(file).then(end, end)
        Promise.resolve().then(count)
      })
      require('./required.mjs')
      module.exports = (async () => { const found = []; for (const name of ['a.mjs', 'a.mjs', 'b.mjs', 'd.mjs', 'await.mjs', 'e.cjs', 'e.cjs', 'throws.mjs', 'throws.mjs', 'none.mjs', 'required.mjs']) found.push(await measure('./' + name)); return found })()`,
    shows: '["./a.mjs",10]',
  },
  {
    name: 'how many jobs of promises an import takes of what was required before, or fails, and when it begins',
    tree: {
      'd.mjs': 'begin()',
      'awaits.mjs': 'begin(); await 0; await 0',
      'graph.mjs': 'import "./d.mjs"; import "./awaits.mjs"',
      'known.mjs': 'import "./json.json" with { type: "json" }; import "./e.cjs"',
      'json.json': '{}',
      'e.cjs': '',
      'throws.mjs': 'throw 1',
      'throws.cjs': 'throw 1',
      'leads.mjs': 'import "./throws.cjs"',
      'misses.mjs': 'import { nothing } from "./d.mjs"',
      'late.mjs': 'begin(); await 0; throw 1',
      'later.mjs': 'import "./late.mjs"',
      'now.mjs': 'import "./awaits.mjs"; throw 1',
      'sync.mjs': 'import "./again.mjs"; import "./awaits.mjs"',
      'again.mjs': 'throw 1',
      'fresh-misses.mjs': 'import { nothing } from "node:path"',
      'fresh-late.mjs': 'begin(); await 0; throw 1',
    },
    program: `const measure = (file, options) => new Promise((done) => {
        let jobs = 0
        let begun
        globalThis.begin = () => (begun ??= jobs)
        const end = () => { const passed = jobs; setImmediate(() => done([file, begun, passed])) }
        const count = () => { if (++jobs < 50) Promise.resolve().then(count) }
        import('./' + file, options).then(end, end)
        Promise.resolve().then(count)
      })
      globalThis.begin = () => {}
      const required = ['graph', 'known', 'throws', 'leads', 'misses', 'later', 'now', 'sync'].map((name) => attempt(() => typeof require('./' + name + '.mjs')))
      const names = ['d', 'd', 'graph', 'awaits', 'graph', 'known', 'throws', 'leads', 'misses', 'misses', 'late', 'later', 'later', 'now', 'now', 'sync', 'sync', 'again', 'fresh-misses', 'fresh-misses', 'fresh-late', 'fresh-late']
      module.exports = (async () => {
        const found = []
        for (const name of names) found.push(await measure(name + '.mjs'))
        found.push(await measure('e.cjs'), await measure('throws.cjs'), await measure('json.json', { with: { type: 'json' } }))
        return [required, found]
      })()`,
    shows: ['ERR_REQUIRE_ASYNC_MODULE', '["d.mjs",0,6]'],
  },
  {
    name: 'parts of a graph that was not found whole: kept, and imported at once where they were required',
    tree: {
      'leads.mjs': 'import "./part.mjs"; import "./cycle.mjs"; import "./none.mjs"',
      'part.mjs': 'import "./deep.mjs"; export { x } from "./deep.mjs"; begin()',
      'deep.mjs': 'export const x = await 1',
      'cycle.mjs': 'import "./leads.mjs"',
    },
    program: `const order = []
      const { writeFileSync } = require('fs')
      globalThis.begin = () => order.push('begins')
      const count = (left) => { if (left > 0) Promise.resolve().then(() => { order.push(left); count(left - 1) }) }
      const refused = attempt(() => require('./leads.mjs')).code
      writeFileSync(__dirname + '/part.mjs', 'export const x = "written since"')
      writeFileSync(__dirname + '/none.mjs', '')
      module.exports = (async () => {
        const imported = import('./part.mjs').then(({ x }) => order.push('has ' + x))
        count(12)
        await imported
        return [refused, order]
      })()`,
    shows: ['ERR_MODULE_NOT_FOUND', 'has 1'],
  },
  {
    name: 'two imports at once of modules that lead to each other',
    tree: {
      'a.mjs': 'order.push("a"); import "./e.cjs"; import "./c.mjs"',
      'c.mjs': 'order.push("c"); import "./a.mjs"; import "./d.mjs"; import "./e.cjs"',
      'd.mjs': '',
      'e.cjs': 'module.exports = [import("./a.mjs"), import("./c.mjs")]',
    },
    program: `globalThis.order = []
      module.exports = import('./e.cjs').then((ns) => Promise.all(ns.default)).then(() => order)`,
    shows: '["c","a"]',
  },
  {
    name: 'two imports at once of parts of a graph that an earlier one has linked, and could not run',
    tree: {
      'a.mjs': 'import "./f.cjs"; import "./p.mjs"',
      'f.cjs': 'globalThis.begun = [import("./g.cjs"), import("./p.mjs")]; throw new Error("by f")',
      'p.mjs': 'import "./d.mjs"',
      'd.mjs': 'import "./i.mjs"; import "./g.cjs"',
      'i.mjs': 'order.push("i")',
      'g.cjs': 'order.push("g")',
    },
    program: `globalThis.order = []
      module.exports = import('./a.mjs').catch(() => Promise.all(globalThis.begun)).then(() => order)`,
    shows: '["g","i"]',
  },
  {
    name: 'imports at once, some of which fail: each by its own error, and what succeeds stays',
    tree: {
      'bad.mjs': 'import "./good.mjs"; const const',
      'missing.mjs': 'import { none } from "./other.mjs"',
      'none.mjs': 'import "./nowhere.mjs"',
      'good.mjs': 'order.push("good")',
      'other.mjs': 'order.push("other")',
    },
    program: `globalThis.order = []
      const all = (...names) => Promise.all(names.map((name) => import(name).then(() => 'found', (e) => e.message)))
      module.exports = (async () => [await all('./bad.mjs', './good.mjs', './none.mjs'), await all('./missing.mjs', './other.mjs', './none.mjs'), await all('./good.mjs', './other.mjs'), order])()`,
    shows: ["Cannot find module '/case/nowhere.mjs'", '["good","other"]'],
  },
])
