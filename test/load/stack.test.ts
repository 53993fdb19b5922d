import { createLoader } from 'lodger'
import { createLoader as createOnNode } from 'lodger/hosts/node'
import { describe, expect, test } from 'vitest'
import { node, tree } from '../cli/commands.ts'

const stackOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return (error as Error).stack ?? ''
  }
  throw new Error('nothing was thrown')
}

// Node's own ten frames would hardly reach the host.
Error.stackTraceLimit = 50

describe.each([
  ['lodger', createLoader],
  ['lodger/hosts/node', createOnNode],
])('JP-09 stacks that leave %s', (_, create) => {
  const fs = {
    '/app/main.js': '\nmodule.exports = () => require("./deep")()\n',
    '/app/deep.js': 'module.exports = function deep() { throw new Error("boom") }',
    '/app/now.js': '\n\n  require("./now-inner")',
    '/app/now-inner.js': 'null.x',
    '/app/miss.js': '\nrequire("./absent")',
  }

  test('name the file, its own line and column, and have no frame of lodger', () => {
    const stack = stackOf(() => create({ fs }).require('./now', '/app'))
    const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line))
    expect(frames[0]).toBe('    at Object.<anonymous> (/app/now-inner.js:1:6)')
    expect(frames[1]).toBe('    at Object.<anonymous> (/app/now.js:3:3)')
    expect(stack).not.toContain('/dist/chunks/chunk-')
  })

  test('have no name for the body of an ES module, nor for a function without one', () => {
    const fs = { '/app/a.mjs': ';(() => {\n  throw new Error("x")\n})()' }
    const stack = stackOf(() => create({ fs }).require('./a.mjs', '/app'))
    const [, ...frames] = stack.split('\n')
    expect(frames.slice(0, 2)).toEqual([
      '    at file:///app/a.mjs:2:9',
      '    at file:///app/a.mjs:3:3',
    ])
  })

  test('of errors of lodger reach the file that asked, however few frames the engine keeps', () => {
    const fs = { '/a.cjs': '\n  require("./b.mjs")', '/b.mjs': '' }
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 10
    const execArgv = ['--no-experimental-require-module']
    const stack = stackOf(() => create({ fs, execArgv }).require('./a.cjs', '/'))
    Error.stackTraceLimit = limit
    expect(stack).toContain('\n    at Object.<anonymous> (/a.cjs:2:3)')
  })

  test.each(['main', 'import'] as const)('have none either where %s rejects', async (method) => {
    const loader = create({ fs: { '/app/main.mjs': "import './f.mjs'", '/app/f.mjs': 'null.x' } })
    const running = loader[method]('/app/main.mjs') as Promise<object>
    const { stack } = await running.catch((error) => error)
    expect(stack).toMatch(/at .*file:\/\/\/app\/f\.mjs:1:6/)
    expect(stack).not.toContain('/dist/chunks/chunk-')
  })

  test('blame a missing module on the one that asked', () => {
    const stack = stackOf(() => create({ fs }).main('/app/miss.js'))
    expect(stack).toMatch(
      /^Error: Cannot find module '\.\/absent'\nRequire stack:\n- \/app\/miss\.js\n {4}at Object\.<anonymous> \(\/app\/miss\.js:2:1\)/,
    )
  })

  test('have no frame of a shim, which comes from text', () => {
    const fs = { '/a.js': '\nrequire("fs").readFileSync("/absent")' }
    const stack = stackOf(() => create({ fs }).main('/a.js'))
    const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line))
    expect(frames[0]).toBe('    at Object.<anonymous> (/a.js:2:15)')
    expect(stack).not.toContain('lodger:')
  })

  test('keep the frames of the host that called', () => {
    const stack = stackOf(function theHost() {
      return create({ fs }).main('/app/miss.js')
    })
    expect(stack).toContain('theHost')
  })
})

test('functions without a name, in text that was evaluated, are called as node calls them', async () => {
  const files = {
    'main.js': `const { throwing } = require('./callbacks')
const stacks = []
const note = (run) => { try { run() } catch ({ stack }) { stacks.push(stack) } }
note(() => throwing())
note(() => [1].map(() => throwing()))
note(function () { new (class { constructor() { throwing() } })() })
note(() => ({ method: (() => () => throwing())() }).method())
note(() => (function () { throwing() }).call(new Map()))
process.nextTick(() => {
  note(throwing)
  const tell = async () => { await null; throwing() }
  ;(async () => await tell())().catch(({ stack }) => {
    stacks.push(stack)
    module.exports(stacks)
  })
})
module.exports = (found) => console.log(JSON.stringify(found))`,
    'callbacks.js': "exports.throwing = (() => () => { throw new Error('x') })()",
    'main.mjs': `import { createRequire } from 'node:module'
const { throwing } = createRequire(import.meta.url)('./callbacks')
const later = () => [1].map(() => throwing())
try { later() } catch ({ stack }) { console.log(JSON.stringify([stack])) }`,
  }
  const place = tree(files)
  for (const main of ['main.js', 'main.mjs']) {
    const theirs = JSON.parse((await node([main], { cwd: place })).stdout)
    let said = ''
    const loader = createLoader({
      fs: Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`${place}/${name}`, text]),
      ),
      host: { write: (_, text) => (said += text) },
    })
    await loader.main(`${place}/${main}`)
    await expect.poll(() => said).not.toBe('')
    const framesOf = (stack: string) =>
      stack.split('\n').filter((line) => line.startsWith('    at ') && line.includes(place))
    const ours = JSON.parse(said).map((stack: string) => framesOf(loader.mapStack(stack)))
    expect(ours).toEqual(theirs.map(framesOf))
  }
})
