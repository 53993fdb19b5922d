const { readFileSync } = require('fs')
const { join } = require('path')
const scratch = require('./scratch.cjs')

function createLog(pino, options) {
  const lines = []
  const stream = { write: (line) => lines.push(line) }
  return { lines, log: pino({ base: { app: 'a' }, timestamp: false, ...options }, stream) }
}

require('./report.cjs')({
  logged() {
    const pino = require('pino')
    const { lines, log } = createLog(pino, {
      level: 'debug',
      redact: ['user.password', 'list[*].key'],
    })
    log.info({ user: { name: 'n', password: 'p' }, list: [{ key: 1 }] }, 'hello %s %j', 'you', {
      b: 1,
    })
    log.trace('too quiet')
    log.child({ request: 7 }, { level: 'warn' }).warn('careful')
    log.debug(Object.assign(new RangeError('broken'), { stack: 'its stack', code: 'E' }))
    return lines
  },
  file: () =>
    scratch(async (directory) => {
      const pino = require('pino')
      const dest = join(directory, 'a.log')
      const stream = pino.destination({ dest, sync: false })
      await new Promise((resolve) => stream.on('ready', resolve))
      pino({ base: null, timestamp: false }, stream).info('one')
      stream.end()
      await new Promise((resolve) => stream.on('close', resolve))
      return readFileSync(dest, 'utf8')
    }),
  serializers() {
    const { err, req } = require('pino').stdSerializers
    const cause = Object.assign(new Error('inner'), { stack: 'inner stack' })
    const error = Object.assign(new Error('outer', { cause }), { stack: 'outer stack', extra: 1 })
    return [err(error), req({ method: 'GET', url: '/a', headers: { b: 'c' }, socket: {} })]
  },
  parts() {
    const { getLevels = null, ...levels } = require('pino/lib/levels')
    return [getLevels, Object.keys(levels).sort(), require('pino/lib/constants').DEFAULT_LEVELS]
  },
  failing: () => require('pino')({ level: 'loud' }),
})
