require('./report.cjs')({
  printed() {
    const createDebug = require('debug')
    const lines = []
    createDebug.inspectOpts.hideDate = true
    createDebug.enable('app:*,-app:quiet')
    const log = createDebug('app:main')
    log.useColors = false
    log.log = (...args) => lines.push(args)
    log('hello %s %O', 'you', { a: [1, 2] })
    log.extend('sub')('never %d', 1)
    return [
      lines,
      createDebug.enabled('app:quiet'),
      createDebug.enabled('app:main:sub'),
      createDebug.disable(),
    ]
  },
  common() {
    const setup = require('debug/src/common')
    const createDebug = setup({
      load() {},
      save() {},
      useColors: () => false,
      log() {},
      init() {},
      formatArgs() {},
    })
    createDebug.enable('*')
    return [createDebug.enabled('anything'), createDebug.humanize(90_000), createDebug.coerce(7)]
  },
  failing() {
    const createDebug = require('debug')
    createDebug.formatters.x = () => {
      throw new TypeError('no such thing')
    }
    createDebug.enable('app')
    createDebug('app')('%x', 1)
  },
})
