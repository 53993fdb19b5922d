import { expect, test } from 'vitest'
import { builtinsOf, likeNode } from './like-node.ts'

likeNode('worker_threads, cluster, trace_events, inspector, v8', {
  'a main thread without others': `
    const w = require('worker_threads'), channel = new w.MessageChannel()
    channel.port1.close()
    return [w.isMainThread, w.threadId, w.parentPort, w.workerData, w.resourceLimits, String(w.SHARE_ENV), w.isInternalThread, w.threadName,
      w.setEnvironmentData('a', 1), w.getEnvironmentData('a'), w.setEnvironmentData('a'), w.getEnvironmentData('a'), w.MessageChannel === MessageChannel, w.MessagePort === MessagePort, w.BroadcastChannel === BroadcastChannel,
      caught(() => w.receiveMessageOnPort({})), caught(() => w.moveMessagePortToContext()), w.receiveMessageOnPort.length, w.receiveMessageOnPort.name, w.isMarkedAsUntransferable({}), channel.port1 instanceof w.MessagePort]`,
  'a primary without workers': `
    const c = require('cluster')
    return [c.isPrimary, c.isMaster, c.isWorker, c.workers, c.settings, c.SCHED_RR, c.SCHED_NONE, c.schedulingPolicy, c.worker === undefined, c instanceof require('events')]`,
  'what workers would be made with': `
    const c = require('cluster'), seen = []
    c.on('setup', (settings) => seen.push(Object.keys(settings), settings.args, settings === c.settings))
    const before = c.settings
    c.setupPrimary()
    const { args, exec, execArgv, silent } = c.settings
    c.setupPrimary({ exec: '/x.js', args: ['a'], extra: 1 })
    c.setupPrimary({ silent: true })
    await new Promise((resolve) => setTimeout(resolve, 1))
    return [before, Object.keys(c.settings), [args, execArgv, silent].map((value) => typeof value), exec === process.argv[1], seen, c.settings.exec, c.settings.silent]`,
  'categories of traces': `
    const t = require('trace_events'), one = t.createTracing({ categories: ['v8', 'node'] }), two = t.createTracing({ categories: ['node', 'a'] })
    one.enable(); two.enable(); const all = t.getEnabledCategories(); one.disable(); two.disable()
    return [Object.keys(t), t.createTracing.length, all, t.getEnabledCategories() === undefined, one.enabled, one.categories, one.constructor.name, caught(() => t.createTracing()), caught(() => t.createTracing({})), caught(() => t.createTracing({ categories: [5] })), caught(() => t.createTracing({ categories: [] }))]`,
  'an inspector that is not there': `
    const i = require('inspector')
    return [i.url() === undefined, caught(() => i.waitForDebugger())]`,
  'an engine with plausible numbers': `
    const v8 = require('v8')
    return [Object.keys(v8.getHeapStatistics()), Object.keys(v8.getHeapCodeStatistics()), v8.getHeapStatistics().heap_size_limit > 2 ** 20, caught(() => v8.setFlagsFromString(5)), v8.setFlagsFromString('--no-opt'), v8.startupSnapshot.isBuildingSnapshot(),
      caught(() => v8.isStringOneByteRepresentation(5)), v8.isStringOneByteRepresentation('é'), v8.isStringOneByteRepresentation('€'), caught(() => v8.setHeapSnapshotNearHeapLimit(0)), v8.setHeapSnapshotNearHeapLimit(1)]`,
})

test('a worker cannot be had, which says what to do', () => {
  const { Worker } = builtinsOf()('worker_threads')
  expect(() => new Worker('/a.js')).toThrow(
    expect.objectContaining({
      code: 'ERR_METHOD_NOT_IMPLEMENTED',
      message: expect.stringContaining('createLoader({ overrides: { worker_threads: … } })'),
    }),
  )
})
