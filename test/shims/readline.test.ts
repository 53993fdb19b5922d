/** readline on streams and on streams that are terminals, beside node: what is written, what the line is, which keys came. */
import { createLoader } from 'lodger'
import { expect, test } from 'vitest'
import { likeNode } from './like-node.ts'

const setUp = `
  const readline = require('readline'), { PassThrough } = require('stream'), { EventEmitter } = require('events')
  /** A terminal that keeps what is written to it. */
  const open = (options = {}) => {
    const input = new PassThrough(), output = new PassThrough()
    let written = ''
    output.on('data', (chunk) => { written += chunk })
    output.columns = options.columns ?? 40
    const rl = readline.createInterface({ input, output, terminal: true, prompt: '> ', ...options })
    const lines = []
    rl.on('line', (line) => lines.push(line))
    const state = () => [rl.line, rl.cursor, { ...rl.getCursorPos() }]
    return { rl, input, output, lines, state, said: () => { const text = written; written = ''; return text } }
  };`

const programs: Record<string, string> = {
  'keys of every kind': `
    const input = new PassThrough(), keys = []
    readline.emitKeypressEvents(input)
    input.on('keypress', (text, key) => keys.push([text ?? null, key]))
    for (const text of ['aZ0. ', '\\r\\n\\t\\b\\x7f', '\\x01\\x1a\\x1f', '\\x1ba\\x1bA\\x1b\\r\\x1b ', '\\x1b[A\\x1b[1;5C\\x1b[2P\\x1bOa\\x1bOP', '\\x1b[3~\\x1b[3$\\x1b[5^\\x1b[20;5~',
      '\\x1b[[A\\x1b[[5~\\x1b[Z\\x1b[200~\\x1b[201~', '\\x1b[31ma', '\\x1b\\x1b\\x1b', '\\x1b]', 'äあ😀']) input.write(text)
    input.write(Buffer.from([0xe2])); input.write(Buffer.from([0x98, 0x83]))
    for (const part of '\\x1b[1;2D') input.write(part)
    return keys`,
  'an escape that nothing follows': `
    const input = new PassThrough(), keys = []
    const rl = readline.createInterface({ input, terminal: true, escapeCodeTimeout: 20 })
    input.on('keypress', (text, key) => keys.push([text ?? null, key]))
    input.write('\\x1b')
    await new Promise((resolve) => setTimeout(resolve, 100))
    return keys`,
  'editing a line': `
    const { rl, input, state, said, lines } = open()
    const steps = []
    const step = (text, key) => { rl.write(text, key); steps.push([state(), said()]) }
    rl.prompt()
    step('foo bar.hop/zoo')
    const ctrl = (name, more = {}) => step(null, { ctrl: true, name, ...more }), meta = (name) => step(null, { meta: true, name }), plain = (name) => step(null, { name })
    ctrl('a'); meta('f'); meta('f'); meta('b'); ctrl('f'); ctrl('b'); ctrl('e'); ctrl('w'); ctrl('h'); plain('left'); plain('right'); plain('home'); plain('delete'); meta('d')
    plain('end'); plain('backspace'); step('あ😀'); plain('left'); plain('left'); ctrl('k'); ctrl('y'); ctrl('u'); ctrl('y'); ctrl('left'); ctrl('right'); ctrl('delete'); ctrl('backspace')
    ctrl('backspace', { shift: true }); step('again'); ctrl('a'); ctrl('delete', { shift: true }); step('xy'); ctrl('a'); ctrl('d'); ctrl('l')
    rl.write('two\\nlines'); plain('return')
    return [steps, lines, rl.history, rl.closed]`,
  history: `
    const { rl, input, state, said, lines } = open({ history: ['old'], historySize: 4, removeHistoryDuplicates: true })
    const seen = []
    rl.on('history', (history) => seen.push([...history]))
    const key = (name, ctrl = false) => { rl.write(null, { name, ctrl }); seen.push(state()[0]) }
    input.write('foo\\nbar\\nbaz\\nfoo\\n  \\n\\n')
    key('up'); key('up'); key('down'); key('down'); key('down'); key('p', true); key('n', true)
    rl.write('b'); key('up'); key('up'); key('up'); key('down')
    return [seen, lines, rl.history]`,
  'long lines, tabs and resizing': `
    const { rl, input, output, state, said } = open({ columns: 10, tabSize: 4 })
    const steps = [[state(), said()]]
    rl.prompt()
    for (const text of ['0123456', '7', '89あ', '\\tx']) { rl.write(text); steps.push([state(), said()]) }
    rl.write(null, { name: 'home' }); steps.push([state(), said()])
    rl.write('-'); steps.push([state(), said()])
    output.columns = 20
    output.emit('resize'); steps.push([state(), said()])
    return steps`,
  completion: `
    const found = { ap: ['apple', 'apricot', 'apt'], apr: ['apricot'], x: [], A: ['apple', 'apt'] }
    const answers = []
    for (const completer of [(line) => [found[line] ?? [], line], (line, done) => done(null, [found[line] ?? [], line])]) {
      const { rl, input, state, said } = open({ completer })
      for (const text of ['ap', '\\t', '\\t', 'r', '\\t', '\\n', 'x', '\\t', '\\n', 'a\\tb']) { input.write(text); answers.push([state(), said()]) }
    }
    return answers`,
  'questions, prompts and closing': `
    const { rl, input, said, lines } = open()
    const steps = [rl.getPrompt()]
    rl.question('name? ', (name) => steps.push('I am ' + name))
    rl.question('more? ', () => steps.push('never'))
    input.write('Ada\\n')
    steps.push(said(), rl.getPrompt())
    for (const name of ['pause', 'resume', 'close', 'SIGINT', 'SIGTSTP']) rl.on(name, () => steps.push(name))
    rl.pause(); rl.pause(); rl.resume()
    input.write('\\x03\\x1a')
    rl.removeAllListeners('SIGINT')
    input.write('\\x03')
    steps.push(rl.closed, lines)
    for (const act of ['prompt', 'pause', 'resume', 'write', 'question']) steps.push(caught(() => rl[act]('x', () => {})))
    return steps`,
  'plain streams': `
    const results = []
    for (const pieces of [['a\\r', '\\nb\\n', 'c'], ['a\\u2028b\\u2029c\\n'], [Buffer.from([0xe2]), Buffer.from([0x98, 0x83, 10])], ['\\r\\r\\n']]) {
      const input = new PassThrough(), lines = []
      const rl = readline.createInterface({ input })
      rl.on('line', (line) => lines.push(line))
      for (const piece of pieces) input.write(piece)
      input.end()
      await new Promise((resolve) => rl.on('close', resolve))
      results.push([lines, rl.terminal])
    }
    const input = new PassThrough()
    input.end('one\\ntwo\\nthree')
    const lines = []
    for await (const line of readline.createInterface({ input, crlfDelay: Infinity })) lines.push(line)
    return [results, lines]`,
  promises: `
    const { createInterface } = require('readline/promises')
    const input = new PassThrough(), output = new PassThrough()
    const rl = createInterface({ input, output, terminal: true, completer: async (line) => [[line + 'ed'], line] })
    const answer = rl.question('how? ')
    input.write('complet\\t')
    await new Promise((resolve) => setTimeout(resolve, 20))
    input.write('\\n')
    const said = await answer
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 10)
    const aborted = await rl.question('more?', { signal: controller.signal }).catch((error) => [error.name, error.code])
    rl.close()
    return [said, aborted, await rl.question('late').catch(({ code }) => code)]`,
  'raw mode, and what is left behind': `
    const stream = new EventEmitter(), calls = []
    Object.assign(stream, { setRawMode: (mode) => calls.push(mode), resume: () => calls.push('resume'), pause: () => calls.push('pause'), write: () => true })
    const rl = readline.createInterface({ input: stream, output: stream, terminal: true })
    rl.pause(); rl.resume(); rl.close()
    return [calls, stream.listenerCount('keypress'), stream.listenerCount('data'), stream.listenerCount('end'), stream.listenerCount('resize')]`,
  'control of the cursor': `
    const told = (name, ...args) => { const written = [], stream = { write: (text, callback) => { written.push(text, typeof callback); return 'answer' } }; return [caught(() => readline[name](stream, ...args)), written] }
    const calls = [['cursorTo', 'x'], ['cursorTo', 'x', 1], ['cursorTo', NaN], ['cursorTo', 1, NaN], ['cursorTo', 1, 'y'], ['cursorTo', 1, () => {}], ['cursorTo', 1, 2, 5], ['clearLine', 0, 5], ['clearLine', -1], ['moveCursor', 1, 1, 5], ['moveCursor', 0, 0], ['moveCursor', -1, 2], ['clearScreenDown', 5], ['clearScreenDown', null]]
    const missing = await new Promise((resolve) => readline.moveCursor(null, 1, 1, (...args) => resolve(args)))
    const still = await new Promise((resolve) => readline.moveCursor(new PassThrough(), 0, 0, (...args) => resolve(args)))
    return [calls.map((call) => told(...call)), missing, still, readline.cursorTo(null, 1, 1), caught(() => readline.clearLine(null, 1, 1))]`,
  'bad options': `
    const input = new PassThrough()
    return [{ completer: 5 }, { tabSize: 0 }, { tabSize: 'x' }, { history: {} }, { historySize: -1 }, { historySize: 'x' }, { escapeCodeTimeout: NaN }, { escapeCodeTimeout: '1' }, { signal: 1 }]
      .map((options) => caught(() => readline.createInterface({ input, ...options })).code)`,
}

likeNode(
  'readline',
  Object.fromEntries(Object.entries(programs).map(([name, body]) => [name, setUp + body])),
)

test('the decoder of a stream outlives an interface, as one character may come in two of them', () => {
  const main = `
    const { createInterface } = require('readline'), { PassThrough } = require('stream')
    const input = new PassThrough(), lines = []
    const first = createInterface({ input, terminal: true }).once('line', (line) => {
      lines.push(line)
      first.close()
      createInterface({ input, terminal: true }).on('line', (next) => lines.push(next))
    })
    input.write(Buffer.from([0x61, 0x0a, 0xe2]))
    input.write(Buffer.from([0x98, 0x83, 0x0a]))
    module.exports = lines`
  expect(createLoader({ fs: { '/main.js': main } }).main('/main.js')).toEqual(['a', '☃'])
})
