import { oracle } from '../oracle/suite.ts'

const tree = {
  'a.cjs': 'exports.a = 1',
  'm.mjs': 'export default 2',
  'data.json': '{"d":3}',
  'child.cjs': 'module.exports = module',
  'node_modules/p/package.json':
    '{"exports":{"special":"./s.js","import":"./i.mjs","default":"./d.js"}}',
  'node_modules/p/s.js': 'module.exports = "special"',
  'node_modules/p/i.mjs': 'export default "import"',
  'node_modules/p/d.js': 'module.exports = "default"',
}

/** URLs without the directory of the case. */
const program = `const { registerHooks } = require('module'); const { pathToFileURL } = require('url'); const root = pathToFileURL(__dirname).href
  const short = (value) => typeof value === 'string' ? value.replace(root, '<root>') : value
  const tell = (context) => [context.constructor.name, ...Object.entries(context).map(([k, v]) => [k, k === 'conditions' ? [...v].sort().join() : short(v)])]
  const log = []; const spy = () => registerHooks({
    resolve(s, c, next) { log.push(['resolve', s, tell(c)]); const r = next(s, c); log.push(Object.entries(r).map(([k, v]) => [k, short(v)])); return r },
    load(u, c, next) { log.push(['load', short(u), tell(c)]); const r = next(u, c); log.push([r.format, r.source === null ? null : typeof r.source]); return r },
  })
  `

oracle('module.registerHooks', [
  {
    name: 'X13 what hooks are told, by require, import, builtins and JSON; deregister',
    tree,
    program: `${program}module.exports = (async () => {
        const hooks = spy()
        require('./a.cjs'); require('node:fs'); require('fs'); require('./data.json'); await import('./m.mjs'); await import('node:path'); await import('./data.json', { with: { type: 'json' } }); require.resolve('./a.cjs')
        hooks.deregister(); hooks.deregister()
        require('p')
        return [log, Object.keys(hooks), Object.isFrozen(hooks), typeof hooks[Symbol.dispose]]
      })()`,
    shows: 'ModuleResolveContext',
  },
  {
    name: 'X13 what load is shown of what is imported, with and without resolve',
    tree: {
      ...tree,
      'b.js': '',
      'c.js': 'export {}',
      'd/package.json': '{"type":"commonjs"}',
      'd/d.js': '',
    },
    program: `const { registerHooks } = require('module')
      const seen = []
      const load = (url, { format }, next) => {
        const result = next(url)
        seen.push([url.split('/').at(-1), format, result.format, result.source === null ? null : Buffer.isBuffer(result.source) || typeof result.source])
        return url.endsWith('a.cjs') ? { ...result, source: String(result.source).replace('1', '5') } : result
      }
      const importAll = async () => {
        for (const file of ['./a.cjs', './b.js', './c.js', './d/d.js', './m.mjs', 'fs', 'node:os', 'data:text/javascript,1']) await import(file)
        await import('./data.json', { with: { type: 'json' } })
      }
      module.exports = (async () => {
        const one = registerHooks({ load })
        await importAll()
        one.deregister()
        registerHooks({ load, resolve: (specifier, context, next) => next(specifier) })
        for (const file of ['./d/d.js', './m.mjs']) await import(file + '?2')
        return [seen, (await import('./a.cjs')).default, require('./a.cjs')]
      })()`,
    shows: '["a.cjs","commonjs","commonjs",true]',
  },
  {
    name: 'X13 the last registered runs first, one context for all, shortCircuit, formats',
    tree,
    program: `${program}
      const order = []
      const hooks = ['x', 'y', 'z'].map((name) => registerHooks({
        resolve(s, c, next) { order.push(name); return next(s, name === 'y' ? { ...c, seen: name } : undefined) },
        load(u, c, next) { order.push(name, c.seen); return name === 'x' && u.endsWith('/virtual.js') ? { source: 'module.exports = "made"', format: 'commonjs', shortCircuit: true } : next(u, c) },
      }))
      const virtual = registerHooks({ resolve(s, c, next) { return s === 'virtual' ? { url: root + '/virtual.js', shortCircuit: true } : s === 'module' ? { url: root + '/esm', format: 'module', shortCircuit: true } : next(s, c) },
        load(u, c, next) { return u.endsWith('/esm') ? { source: Buffer.from('export const e = import.meta.url.slice(-4)'), format: c.format, shortCircuit: true } : u.endsWith('.json') ? { source: '{"x":9}', format: 'json', shortCircuit: true } : next(u, c) } })
      module.exports = (async () => [require('./a.cjs'), require('virtual'), require('module').e, (await import('module')).e, require('./data.json'), (await import('virtual')).default, order])()`,
    shows: 'made',
  },
  {
    name: 'X13 builtins can be replaced, by resolve and by load',
    tree,
    program: `${program}
      const one = registerHooks({ resolve: (s, c, next) => s === 'os' || s === 'node:os' ? next('./a.cjs', { ...c, parentURL: root + '/x.js' }) : next(s, c) })
      const redirected = [attempt(() => require('os')), attempt(() => require('node:os'))]
      one.deregister()
      const two = registerHooks({ load: (u, c, next) => u === 'node:os' ? { source: 'module.exports = { os: "mine" }', format: 'commonjs', shortCircuit: true } : next(u, c) })
      const replaced = [require('os'), require('node:os')]
      two.deregister()
      module.exports = [redirected, replaced, typeof require('os').cpus, typeof require('node:os').cpus]`,
    shows: 'mine',
  },
  {
    name: 'X13 conditions that a hook changes',
    tree,
    program: `${program}
      const hooks = registerHooks({ resolve: (s, c, next) => next(s, { ...c, conditions: [...c.conditions, 'special'] }) })
      module.exports = (async () => [require('p'), (await import('p')).default, attempt(() => { const bad = registerHooks({ resolve: (s, c, next) => next(s, { ...c, conditions: 'x' }) }); try { return require('p/other') } finally { bad.deregister() } })])()`,
    shows: 'special',
  },
  {
    name: 'X13 what hooks may not give: codes and texts',
    tree,
    program: `${program}
      const attemptWith = (hooks) => { let h; const e = attempt(() => { h = registerHooks(hooks) }); if (!h) return e; try { return attempt(() => require('./a.cjs')) } finally { h.deregister() } }
      module.exports = [{ resolve: () => ({}) }, { resolve: () => ({ url: 5, shortCircuit: true }) }, { resolve: () => ({ url: 'x:', format: 5, shortCircuit: true }) }, { resolve: () => ({ url: root + '/a.cjs', importAttributes: 5, shortCircuit: true }) },
        { load: () => ({}) }, { load: () => ({ source: 5, format: 'commonjs', shortCircuit: true }) }, { load: () => ({ source: '', format: 5, shortCircuit: true }) }, { load: () => { throw new RangeError('mine') } }, { resolve: 5 }, { load: 'x' }, {}].map(attemptWith)
        .concat(attempt(() => registerHooks()), attempt(() => registerHooks(null)))`,
    shows: 'ERR_INVALID_RETURN_PROPERTY_VALUE',
  },
  {
    name: 'X13 hooks are told the URL that createRequire was given, with its query',
    tree,
    program: `${program}const { createRequire, registerHooks: register } = require('module'); const urls = []
            register({ resolve: (s, c, next) => { if (/os$/.test(s)) urls.push(short(c.parentURL)); return next(s, c) } })
      const url = pathToFileURL(__filename);
      for (const from of [url.href + '?a=1#h', new URL('?b=/../2', url), url, __filename, __filename + '?c', root + '/?d', root + '/%61.cjs?e', root + '/x/../y.js#f', root.replace('file://', 'FILE:') + '/g.js?g', root.replace('file://', 'file://localhost') + '/h.js', new URL('./%C3%A4?i', url)]) {
        const asking = createRequire(from); asking('node:os'); asking.resolve('os')
      }
      module.exports = [urls, Object.getOwnPropertySymbols(createRequire(url)('./child.cjs').parent).map(String)]`,
    shows: '?a=1#h',
  },
  {
    name: 'X13 module.register tells of its end first, once',
    tree,
    program: `const m = require('module'); const seen = []; for (const _ of [1, 2]) { try { m.register('data:text/javascript,') } catch (error) { seen.push(error) } }
      module.exports = [m.register.name, m.register.length, seen.every((error) => error.code === 'ERR_METHOD_NOT_IMPLEMENTED')]`,
    shows: 'DEP0205',
  },
])
