/** https://nodejs.org/docs/latest-v26.x/api/cluster.html: a primary without workers. */

import type { Shim } from '../src/seams.ts'
import type { Loose } from './internal/loose.ts'
import { stubExports } from './internal/stub-exports.ts'

const shim: Shim = (context) => {
  const EventEmitter = context.require('events')
  const cluster: Loose = new EventEmitter()
  Object.assign(cluster, stubExports(context), { workers: {}, settings: {} })
  cluster.setupPrimary = cluster.setupMaster = function setupPrimary(options?: object): void {
    const { argv, execArgv, nextTick } = context.require('process')
    const [, exec, ...args] = argv
    const settings = { args, exec, execArgv, silent: false, ...cluster.settings, ...options }
    cluster.settings = settings
    nextTick(() => cluster.emit('setup', settings))
  }
  cluster.disconnect = function disconnect(callback?: () => void): void {
    if (callback) context.require('process').nextTick(callback)
  }
  return cluster
}

export default shim
