/** The first turn of a program: its main file, the code of its command line, or what its standard input says. */

import { codedError } from '../../../src/errors.ts'
import { toFileUrl } from '../../../src/path.ts'
import type { Program } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import type { NodeCommand } from './command.ts'

/** A module that runs, if it has not run to its end by now. */
type Running = Promise<unknown> | undefined

/** Who waits for what the first turn has begun. */
export interface Turn {
  /** Told of the main program. */
  follow(running: Running): void
  /** Told of what has gone wrong later. */
  fail(error: unknown): void
}

export function begin(program: Program, process: Loose, command: NodeCommand, turn: Turn): void {
  const { script, code, checks, showsVersion } = command
  const run = (main: () => Running) => afterPreload(program, turn, main)
  if (showsVersion) process.stdout.write(`${process.version}\n`)
  else if (script !== undefined && script !== '-') {
    process.argv[1] = pathOf(program, script)
    run(() => (checks ? check(program, script) : runFile(program, process, script)))
  } else if (code !== undefined) run(() => runCode(program, code, command, '[eval]'))
  else {
    const chunks: Loose[] = []
    process.stdin.on('data', (chunk: Loose) => chunks.push(chunk))
    process.stdin.on('end', () => {
      const text = String(program.context.require('buffer').Buffer.concat(chunks))
      run(() => runCode(program, text, command, '[stdin]'))
    })
  }
}

function afterPreload(program: Program, { follow, fail }: Turn, main: () => Running): void {
  const waiting = program.preload()
  if (waiting === undefined) follow(main())
  else waiting.then(() => follow(main())).then(undefined, fail)
}

function runFile(program: Program, process: Loose, script: string): Running {
  const running = program.main(script)
  // What a CommonJS program exports is its own affair.
  return process.mainModule === undefined ? (running as Running) : undefined
}

function runCode(program: Program, code: string, command: NodeCommand, name: string): Running {
  const { context } = program
  const { prints, inputType } = command
  const { text, script } = readCode(program, code, name, inputType)
  if (script !== undefined) {
    defineModuleNames(program, name)
    const value: unknown = script.runInThisContext()
    if (prints) context.require('console').log(value)
    return undefined
  }
  if (prints) {
    const message = '--print cannot be used with ESM input'
    throw codedError(Error, 'ERR_EVAL_ESM_CANNOT_PRINT', message)
  }
  const directory = toFileUrl(context.require('process').cwd())
  // As in node, only where nobody had to look.
  return program.evaluate(text, `${directory}/[eval1]`, inputType?.startsWith('module') === true)
}

/** JavaScript: an ES module where there is no script. */
interface Code {
  readonly text: string
  readonly script?: Loose
}

function readCode(program: Program, code: string, name: string, type: string | undefined): Code {
  if (type === undefined && program.takesTypeScript) return readEither(program, code, name)
  const [kind, language] = type?.split('-') ?? []
  const text = type && language ? program.toJavaScript(code, name, type) : code
  return readJavaScript(program, text, name, kind)
}

/** As in node, TypeScript is what is no JavaScript. */
function readEither(program: Program, code: string, name: string): Code {
  let refusal: unknown
  try {
    const read = readJavaScript(program, code, name, undefined)
    if (read.script !== undefined || program.isModuleInOrder(code)) return read
  } catch (error) {
    refusal = error
  }
  try {
    const text = program.toJavaScript(code, name, 'typescript')
    return readJavaScript(program, text, name, undefined)
  } catch {
    // Neither, it is told of as JavaScript.
    if (refusal !== undefined) throw refusal
    return { text: code }
  }
}

/** @throws SyntaxError */
function readJavaScript(
  program: Program,
  text: string,
  filename: string,
  kind: string | undefined,
): Code {
  if (kind === 'module') return { text }
  try {
    return { text, script: new (program.context.require('vm').Script)(text, { filename }) }
  } catch (error) {
    if (kind === undefined && program.isModuleText(text, error)) return { text }
    throw error
  }
}

/** As node does with `-e`: a script has a module's five names as globals. */
function defineModuleNames(program: Program, name: string): void {
  const { context } = program
  const Module = context.require('module')
  const process = context.require('process')
  const module = new Module(name)
  module.filename = context.require('path').posix.join(process.cwd(), name)
  module.paths = Module._nodeModulePaths(process.cwd())
  Object.assign(context.global, {
    module,
    exports: module.exports,
    require: Module.createRequire(module.filename),
    __filename: name,
    __dirname: '.',
  })
}

function pathOf({ context }: Program, script: string): string {
  return context.require('path').posix.resolve(context.require('process').cwd(), script)
}

/** `--check`: whether the text of a file compiles. */
function check(program: Program, script: string): undefined {
  const { context } = program
  const path = pathOf(program, script)
  const Module = context.require('module')
  const filename: string =
    Module._findPath(path, null, true) || Module._resolveFilename(path, null, true)
  if (program.isModule(filename)) program.parse(filename)
  else {
    const text: string = context.require('fs').readFileSync(filename, 'utf8')
    ;new (context.require('vm').Script)(Module.wrap(text.replace(/^#!/, '//')), { filename })
  }
}
