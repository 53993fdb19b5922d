import { oracle } from '../oracle/suite.ts'

oracle('tracing and preloading', [
  {
    name: 'X14 diagnostics_channel: module.require start, end and error with id, parentFilename and result',
    tree: {
      'a.js': `module.exports = { a: require('./b') }`,
      'b.js': 'module.exports = "b"',
      'bad.js': 'throw new Error("bad")',
    },
    program: `const dc = require('diagnostics_channel')
      const events = []
      const listeners = Object.fromEntries(['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((name) => [name, (message) => events.push([name, show(message.id), show(message.parentFilename), Object.keys(message), show(message.result), message.error && message.error.message])]))
      const channel = dc.tracingChannel('module.require')
      require('./b')
      channel.subscribe(listeners)
      require('./a')
      attempt(() => require('./bad'))
      attempt(() => require('./none'))
      require('fs')
      require('./a')
      attempt(() => require(''))
      require.resolve('./a')
      channel.unsubscribe(listeners)
      require('./a')
      module.exports = events.map((e) => e.map((x) => x && x.a && !Array.isArray(x) ? 'exports of a' : x && x.promises ? 'fs' : x))`,
    shows: ['["start","./a","/case/main.js"', 'error'],
  },
  {
    name: 'X14 the tracing channels by name, and the same message object from start to end',
    tree: { 'a.js': 'module.exports = 1' },
    program: `const dc = require('diagnostics_channel')
      const seen = []
      const messages = []
      for (const name of ['start', 'end', 'error', 'asyncStart', 'asyncEnd']) dc.subscribe('tracing:module.require:' + name, (message, channel) => { seen.push([name, channel]); messages.push(message) })
      require('./a')
      module.exports = [seen, new Set(messages).size, dc.hasSubscribers('tracing:module.require:start'), Object.getPrototypeOf(messages[0])]`,
    shows: 'tracing:module.require:start',
  },
  {
    name: 'X14 X5 a subscriber sees the error that is thrown on',
    tree: { 'bad.js': 'throw globalThis.thrown = new Error("bad")' },
    program: `const dc = require('diagnostics_channel')
      let seen
      dc.subscribe('tracing:module.require:error', (message) => { seen = message.error })
      let caught
      try { require('./bad') } catch (error) { caught = error }
      module.exports = [caught === globalThis.thrown, seen === caught, cached()]
      delete globalThis.thrown`,
    shows: 'true',
  },
  {
    name: 'X14 a CommonJS file that is imported is told of as one that is required',
    tree: { 'a.mjs': 'import "./b.cjs"; import "fs"', 'b.cjs': 'require("./c.cjs")', 'c.cjs': '' },
    program: `const dc = require('diagnostics_channel')
      const seen = []
      dc.subscribe('tracing:module.require:start', (message) => seen.push([message.id, message.parentFilename]))
      require('./a.mjs')
      module.exports = seen`,
    shows: '/case/b.cjs',
  },
  {
    name: 'X15 _preloadModules: parent internal/preload, isPreloading, lookups from the current directory',
    tree: {
      'work/pre.js':
        'exports.seen = [module.isPreloading, module.parent.id, module.parent.filename, module.parent.parent, module.id, require.main === module, module.parent.paths[0], process.mainModule === module]; exports.nested = require("./nested")',
      'work/nested.js': 'module.exports = [module.isPreloading, module.parent.isPreloading]',
      'work/node_modules/p/index.js': 'exports.p = [module.isPreloading]',
    },
    cwd: '<root>/work',
    program: `const { Module } = require('module')
      const before = module.isPreloading
      Module._preloadModules(['./pre', 'p'])
      module.exports = [before, require('./work/pre'), require('./work/node_modules/p'), module.isPreloading, attempt(() => Module._preloadModules(['./none'])), module.isPreloading, show(Module._preloadModules('no array')), show(Module._preloadModules()), children(module)]`,
    shows: ['internal/preload', '- internal/preload'],
  },
  {
    name: 'X15 a preloaded module that throws leaves isPreloading on',
    tree: { 'bad.js': 'throw new Error("bad")', 'a.js': 'module.exports = module.isPreloading' },
    program: `const { Module } = require('module')
      const thrown = attempt(() => Module._preloadModules(['./bad'])).message
      const during = require('./a')
      Module._preloadModules([])
      module.exports = [thrown, during, module.isPreloading]`,
    shows: 'bad',
  },
  {
    name: 'X15 R16 R15 preloading uses the scope of the current directory',
    tree: {
      'work/package.json': '{"name":"me","exports":{"./x":"./x.js"},"imports":{"#i":"./x.js"}}',
      'work/x.js': 'module.exports = module.parent.id',
    },
    cwd: '<root>/work',
    program: `const { Module } = require('module')
      module.exports = [attempt(() => Module._preloadModules(['me/x'])), cached(), attempt(() => Module._preloadModules(['#i']))]`,
    shows: '/case/work/x.js',
  },
  {
    name: 'X15 the later members of Module exist',
    program: `const m = require('module')
      module.exports = [typeof m.enableCompileCache, typeof m.flushCompileCache, typeof m.getCompileCacheDir, typeof m.registerHooks, typeof m.register, typeof m.stripTypeScriptTypes, typeof m.SourceMap, typeof m.findSourceMap, typeof m.getSourceMapsSupport, typeof m.setSourceMapsSupport, m.constants, Object.isFrozen(m.constants)]`,
    shows: 'compileCacheStatus',
  },
])
