import { likeNode } from './like-node.ts'

/** A console that writes into a list, and the global one's parts. */
const sink = `
  const lines = [], { Console } = require('console'), { Writable } = require('stream')
  const out = (name) => new Writable({ write(chunk, e, done) { lines.push([name, String(chunk)]); done() } })
  const c = new Console({ stdout: out('out'), stderr: out('err'), groupIndentation: 3 });`

likeNode('console', {
  printing: `${sink}
    c.log('a %s %d %j %o', 'b', 1, { x: 1 }, [2]); c.info({ a: { b: { c: { d: 1 } } } }); c.debug(); c.warn('w'); c.error(new Error('e').message); c.dir({ a: 1 }, { depth: 0 }); c.dirxml([1], 'x')
    c.group('g'); c.log('in\\nside'); c.groupCollapsed(); c.log('deeper'); c.groupEnd(); c.groupEnd(); c.groupEnd(); c.log('out')
    c.assert(true); c.assert(false); c.assert(0, 'why %s', 'not', { a: 1 }); c.assert(false, { o: 1 })
    c.count(); c.count('x'); c.count(); c.countReset(); c.count(); c.clear()
    return lines`,
  tables: `${sink}
    for (const data of [[1, 'two', null], [[1, 2], [3, 4]], [{ a: 1, b: 'x' }, { a: 2, c: { d: 1 } }], { x: { y: 1 }, z: 5 }, new Map([['k', 1], [{}, [2]]]), new Set([1, 'ü']), new Map([[1, 2]]).entries(), new Set([3]).values(),
      [], 5, 'text', [['漢字', '\\u001b[31mred\\u001b[39m']], [Symbol('s'), 5n, () => {}]]) c.table(data)
    c.table([{ a: 1, b: 2 }], ['b', 'none']); c.table([1, 2], ['x'])
    return [lines, caught(() => c.table([], 'x'))]`,
  surface: `
    const { Console } = console
    const names = Object.keys(Console.prototype)
    return [names, names.map((k) => [k, console[k].name, Console.prototype[k].length]), Object.keys(console).filter((k) => !['profile', 'profileEnd', 'timeStamp', 'context', 'createTask'].includes(k)).sort(),
      console instanceof Console, {} instanceof Console, Object.prototype.toString.call(console), Object.keys(Object.getPrototypeOf(console)), require('console') === console, caught(() => new console.log()).name]`,
  'wrong arguments': `
    const { Console } = console, good = { write() {} }
    return [() => new Console(), () => Console({}), () => new Console(good, {}), () => new Console({ stdout: good, colorMode: 'x' }), () => new Console({ stdout: good, groupIndentation: 1001 }), () => new Console({ stdout: good, inspectOptions: 5 }),
      () => new Console({ stdout: good, colorMode: true, inspectOptions: { colors: true } }), () => console.count(Symbol('s')), () => console.time(Symbol('s'))].map((f) => caught(() => { f(); return 'fine' }))`,
  'labels that are not there, streams that fail': `${sink}
    const warnings = []; process.on('warning', (w) => warnings.push(w.message))
    c.timeEnd('none'); c.timeLog(); c.countReset('none'); c.time('t'); c.time('t'); c.timeLog('t', 1); c.timeEnd('t')
    const silent = new Console({ write() { throw new Error('broken') }, once() {}, removeListener() {}, listenerCount: () => 1 }), loud = new Console({ write() { throw new Error('broken') } }, undefined, false)
    silent.log('x')
    await new Promise((resolve) => setImmediate(resolve))
    return [warnings, lines.map(([s, l]) => [s, l.replace(/[\\d.]+ms/, 'N')]), caught(() => loud.log('x')).message]`,
  'colours, methods of a subclass': `${sink}
    const coloured = new Console({ stdout: out('out'), colorMode: true }); coloured.log({ a: 1, b: 'x' }, 'plain', 5)
    class Mine extends Console { log(...a) { super.log('mine', ...a) } }
    const mine = new Mine(out('out')); mine.log(1); const { info } = mine; info('unbound'); mine.count()
    return lines`,
})
