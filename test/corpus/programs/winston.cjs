const { readFileSync } = require('fs')
const { join } = require('path')
const { Writable } = require('stream')
const scratch = require('./scratch.cjs')

function collect() {
  const lines = []
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { lines, stream }
}

require('./report.cjs')({
  async logged() {
    const winston = require('winston')
    const { combine, errors, json, label, splat } = winston.format
    const { lines, stream } = collect()
    const logger = winston.createLogger({
      level: 'verbose',
      format: combine(splat(), label({ label: 'app' }), errors(), json()),
      defaultMeta: { service: 's' },
      transports: [new winston.transports.Stream({ stream })],
    })
    logger.info('hello %s', 'you', { a: 1 })
    logger.debug('too quiet')
    logger.child({ request: 7 }).warn('careful')
    logger.error(new TypeError('broken'))
    const ended = new Promise((resolve) => logger.on('finish', resolve))
    logger.end()
    await ended
    return lines
  },
  file: () =>
    scratch(async (directory) => {
      const winston = require('winston')
      const filename = join(directory, 'a.log')
      const transport = new winston.transports.File({ filename })
      const logger = winston.createLogger({ transports: [transport] })
      logger.info('one')
      logger.warn('two')
      const closed = new Promise((resolve) => transport.on('finish', resolve))
      logger.end()
      await closed
      return readFileSync(filename, 'utf8')
    }),
  formats() {
    const { format } = require('logform')
    const { MESSAGE, LEVEL } = require('triple-beam')
    const info = { level: 'info', [LEVEL]: 'info', message: 'm', more: { deep: [1, { a: 2 }] } }
    const shown = (each) => each.transform({ ...info }, each.options ?? {})
    return [
      shown(format.combine(format.uncolorize(), format.simple()))[MESSAGE],
      shown(format.printf(({ level, message }) => `${level}: ${message}`))[MESSAGE],
      shown(format.colorize({ level: true, colors: { info: 'blue' } })).level,
      shown(format.prettyPrint())[MESSAGE],
    ]
  },
  levels() {
    const config = require('winston/lib/winston/config')
    return [config.syslog.levels, Object.keys(config.npm.levels)]
  },
  failing() {
    const winston = require('winston')
    return winston.format((info, options, one) => [info, options, one])
  },
})
