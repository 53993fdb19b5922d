/** https://nodejs.org/docs/latest-v26.x/api/os.html: a plain Linux machine with one processor, the same on every host. */

import { codedError } from '../src/errors.ts'
import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'
import { shapeMembers } from './internal/names.ts'
import { dlopen, errno, priority, readNumbers, signals } from './internal/node-tables.ts'
import { validateInteger, validateObject } from './internal/validate.ts'

const shim: Shim = (context) => {
  const process = () => context.require('process')
  let nice = 0

  const constants = Object.assign(Object.create(null), {
    UV_UDP_REUSEADDR: 4,
    dlopen: Object.assign(Object.create(null), readNumbers(dlopen)),
    errno: Object.assign(Object.create(null), readNumbers(errno)),
    signals: Object.freeze(Object.assign(Object.create(null), readNumbers(signals))),
    priority: Object.assign(Object.create(null), readNumbers(priority)),
  })

  /** As in node, they may be used as if they were the text that they give. */
  function asText<T>(fn: () => T): () => T {
    return Object.assign(fn, { [Symbol.toPrimitive]: () => fn() })
  }

  const ownProcess = (pid: unknown, syscall: string) => {
    validateInteger(pid, 'pid', -(2 ** 31), 2 ** 31 - 1)
    if (pid === 0 || pid === process().pid) return
    const error = codedError(
      Error,
      'ERR_SYSTEM_ERROR',
      `A system error occurred: ${syscall} returned ESRCH (no such process)`,
    ) as Loose
    error.name = 'SystemError'
    error.info = { errno: -3, code: 'ESRCH', message: 'no such process', syscall }
    error.errno = -3
    error.syscall = syscall
    throw error
  }

  const exports = {
    arch: asText(() => process().arch as string),
    availableParallelism: asText(() => 1),
    cpus: () => [
      {
        model: 'lodger',
        speed: 0,
        times: { user: 0, nice: 0, sys: 0, idle: Math.trunc(context.host.uptime()), irq: 0 },
      },
    ],
    endianness: asText(() => (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'LE' : 'BE')),
    freemem: asText(() => 2 ** 31),
    getPriority(pid?: unknown) {
      if (pid !== undefined) ownProcess(pid, 'uv_os_getpriority')
      return nice
    },
    homedir: asText(() => (process().env.HOME as string | undefined) ?? '/home/lodger'),
    hostname: asText(() => 'localhost'),
    loadavg: () => [0, 0, 0],
    networkInterfaces: () => ({
      lo: [
        {
          address: '127.0.0.1',
          netmask: '255.0.0.0',
          family: 'IPv4',
          mac: '00:00:00:00:00:00',
          internal: true,
          cidr: '127.0.0.1/8',
        },
      ],
    }),
    platform: asText(() => process().platform as string),
    release: asText(() => '6.1.0-lodger'),
    setPriority(pid: unknown, value?: unknown) {
      const [target, level] = value === undefined ? [0, pid] : [pid, value]
      validateInteger(target, 'pid', -(2 ** 31), 2 ** 31 - 1)
      validateInteger(level, 'priority', -20, 19)
      ownProcess(target, 'uv_os_setpriority')
      nice = level
    },
    tmpdir: asText(() => {
      const { TMPDIR, TMP, TEMP } = process().env
      const path: string = TMPDIR || TMP || TEMP || '/tmp'
      return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
    }),
    totalmem: asText(() => 2 ** 32),
    type: asText(() => 'Linux'),
    userInfo(options: Loose = {}) {
      if (options !== null) validateObject(options, 'options')
      const encoding = options?.encoding
      const encode = (text: string) =>
        encoding === 'buffer' ? context.require('buffer').Buffer.from(text) : text
      return Object.assign(Object.create(null), {
        uid: process().getuid(),
        gid: process().getgid(),
        username: encode(process().env.USER ?? 'lodger'),
        homedir: encode(exports.homedir()),
        shell: encode('/bin/sh'),
      })
    },
    uptime: asText(() => Math.trunc(context.host.uptime() / 10) / 100),
    version: asText(() => '#1 SMP lodger'),
    machine: asText(() => 'x86_64'),
  }
  for (const [name, fn] of Object.entries(exports)) {
    Object.defineProperty(fn, 'name', { value: name, configurable: true })
  }
  shapeMembers(exports, 'homedir:wrappedFn hostname:wrappedFn uptime:wrappedFn userInfo/1')
  shapeMembers(exports, 'machine:getMachine release:getOSRelease type:getOSType')
  shapeMembers(exports, 'version:getOSVersion')
  for (const name of ['homedir', 'hostname', 'uptime'] as const) {
    const checkError = () => exports[name]()
    Object.assign(exports[name], { withoutStackTrace: checkError })
  }
  const fixed = (value: unknown) => ({ value, enumerable: true })
  return Object.defineProperties(exports, {
    constants: fixed(constants),
    EOL: { ...fixed('\n'), configurable: true },
    devNull: { ...fixed('/dev/null'), configurable: true },
  })
}

export default shim
