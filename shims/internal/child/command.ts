/** Which command lines can be obeyed here: those that start node on a script, by name, by `#!` or by a simple shell line. */

import { Kind, type ShimContext } from '../../../src/seams.ts'
import { isCodeFlag, isNodeFlag, readFlags } from '../process/flags.ts'
import type { SpawnArguments } from './arguments.ts'

/** A command line of node, read; what a shell cannot run is one too, which says so. */
export interface NodeCommand {
  /** What the program's `process.execPath` is. @default its parent's */
  readonly execPath?: string | undefined
  readonly execArgv: readonly string[]
  /** The code of `-e` or `-p`. */
  readonly code: string | undefined
  readonly prints: boolean
  /** Whether the script is only to be compiled. */
  readonly checks: boolean
  /** What kind of text comes by `-e` or standard input, if somebody says so. */
  readonly inputType: string | undefined
  readonly showsVersion: boolean
  /** Absent where the code comes by `-e`; it comes from standard input where this is absent too, or `-`. */
  readonly script: string | undefined
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** @returns `undefined` where there is no such program */
export function findCommand(
  context: ShimContext,
  { file, args, cwd, env }: SpawnArguments,
): NodeCommand | undefined {
  const words = args.slice(1)
  if (/(?:^|\/)(?:ba|da|z)?sh$/.test(file) && words[0] === '-c') {
    return readShellLine(context, words[1] ?? '', file, cwd, env)
  }
  return nodeCommand(context, file, words, cwd, env)
}

function nodeCommand(
  context: ShimContext,
  file: string,
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): NodeCommand | undefined {
  if (file === context.require('process').execPath || /(?:^|\/)node$/.test(file)) {
    const isThere = file.startsWith('/') && context.volume.lookup(file)?.kind === Kind.File
    return { ...readNodeCommand(file, words, env), execPath: isThere ? file : undefined }
  }
  const script = findScript(context, file, cwd, env.PATH ?? '')
  return script === undefined ? undefined : readNodeCommand(file, ['--', script, ...words], env)
}

/** A file of the volume that says by `#!` that node runs it. */
function findScript(
  context: ShimContext,
  file: string,
  cwd: string,
  path: string,
): string | undefined {
  const { resolve } = context.require('path').posix
  const directories = file.includes('/') ? [''] : path.split(':')
  for (const directory of directories) {
    const candidate: string = resolve(cwd, directory, file)
    const entry = context.volume.lookup(candidate)
    if (entry?.kind === Kind.File && /^#!.*\bnode\b/.test(entry.text())) return candidate
  }
  return undefined
}

function readNodeCommand(
  file: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): NodeCommand {
  const { flags, rest } = readFlags(words)
  let code: string | undefined
  let prints = false
  let showsVersion = false
  let checks = false
  let inputType: string | undefined
  for (const { words: given, name, value, lacksValue } of flags) {
    if (!isNodeFlag(name)) return failure(file, `${file}: bad option: ${given[0]}`, 9, env)
    const isPrint = /^(?:-p|--print)$/.test(name)
    // `-p` can do without: it prints what standard input says.
    if (lacksValue && !isPrint) {
      const lacking = name === '-pe' ? '--eval' : name
      return failure(file, `${file}: ${lacking} requires an argument`, 9, env)
    }
    if (/^(?:-v|--version)$/.test(name)) showsVersion = true
    if (/^(?:-c|--check)$/.test(name)) checks = true
    if (name === '--input-type') {
      inputType = value
      if (!/^(?:module|commonjs)(?:-typescript)?$/.test(value ?? '')) {
        return failure(file, `${file}: ${inputTypes}`, 9, env)
      }
    }
    if (isPrint || name === '-pe') prints = true
    if (isCodeFlag(name)) code = value ?? code
  }
  const script = code === undefined ? rest.shift() : undefined
  const execArgv = flags.flatMap((flag) => flag.words)
  return { execArgv, code, prints, checks, inputType, showsVersion, script, args: rest, env }
}

const inputTypes =
  '--input-type must be "module","commonjs", "module-typescript" or "commonjs-typescript"'

/** A program that only says why another cannot be. */
function failure(
  file: string,
  message: string,
  exitCode: number,
  env: Readonly<Record<string, string>>,
): NodeCommand {
  const text = JSON.stringify(`${message}\n`)
  const code = `process.stderr.write(${text}); process.exitCode = ${exitCode}`
  return readNodeCommand(file, ['-e', code], env)
}

/** Words, quotes and variables; whatever asks more of a shell is a command that it does not find. */
function readShellLine(
  context: ShimContext,
  line: string,
  shell: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): NodeCommand {
  const words = splitWords(line, env)
  const own = { ...env }
  while (words !== undefined && /^\w+=/.test(words[0] ?? '')) {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(words.shift() as string) ?? []
    own[name] = value
  }
  const [file = '', ...args] = words ?? [line.trim().split(/\s+/)[0] as string]
  const command = words && nodeCommand(context, file, args, cwd, own)
  if (command !== undefined) return command
  // The shell itself is there, and says so.
  if (file === '') return readNodeCommand(shell, ['-e', ''], env)
  return failure(shell, `${shell}: 1: ${file}: not found`, 127, env)
}

/** @returns `undefined` for a line with pipes, redirections, substitutions or several commands */
function splitWords(line: string, env: Readonly<Record<string, string>>): string[] | undefined {
  const pattern = /\s*((?:'[^']*'|"(?:\\[\s\S]|[^"\\`])*"|\\[\s\S]|[^\s'"\\|&;<>()`*?#~])+)/y
  const text = line.trim()
  const words: string[] = []
  while (pattern.lastIndex < text.length) {
    const word = pattern.exec(text)?.[1]
    if (word === undefined || /\$\(/.test(word)) return undefined
    words.push(unquote(word, env))
  }
  return words
}

function unquote(word: string, env: Readonly<Record<string, string>>): string {
  const variable = (_: string, braced: string, plain: string) => env[braced ?? plain] ?? ''
  const expand = (text: string) =>
    text.replace(/\\([\s\S])|\$\{(\w+)\}|\$(\w+)/g, (all, escaped: string, ...names: string[]) =>
      escaped === undefined ? variable(all, names[0] as string, names[1] as string) : escaped,
    )
  return word.replace(
    /'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|((?:\\[\s\S]|[^'"\\])+)/g,
    (_, single: string | undefined, double: string | undefined, plain: string) =>
      single ?? expand(double?.replace(/\\(?![$`"\\\n])/g, '\\\\') ?? plain),
  )
}
