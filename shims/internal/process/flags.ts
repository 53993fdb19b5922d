import { environmentFlags } from '../node-tables.ts'

/** `process.allowedNodeEnvironmentFlags`: a frozen set that forgives missing dashes, underscores and values. */
export function createEnvironmentFlags(): ReadonlySet<string> {
  const names: string[] = []
  for (const word of environmentFlags.split(' ')) {
    const name = word.replace('!', '')
    names.push(name.startsWith('-') ? name : `--${name}`)
    if (word !== name) names.push(`--no-${name}`)
  }
  const bare = names.map((name) => name.replace(/^--?/, ''))

  class NodeEnvironmentFlagsSet extends Set<string> {
    override add(): this {
      return this
    }

    override delete(): boolean {
      return false
    }

    override clear(): void {}

    override has(flag: unknown): boolean {
      if (typeof flag !== 'string') return false
      const name = flag.replaceAll('_', '-')
      return /^--?/.test(name) ? names.includes(name.replace(/=.*$/, '')) : bare.includes(name)
    }
  }

  const flags = new NodeEnvironmentFlagsSet()
  for (const name of names) Set.prototype.add.call(flags, name)
  Object.freeze(NodeEnvironmentFlagsSet)
  Object.freeze(NodeEnvironmentFlagsSet.prototype)
  return Object.freeze(flags)
}

/** Flags whose value may be the next word. V8's own take theirs after `=` only. */
export const flagsWithValue: ReadonlySet<string> = new Set(
  (
    '-C --conditions --diagnostic-dir --disable-proto --disable-warning --dns-result-order --experimental-loader ' +
    '--icu-data-dir --import --input-type --loader --localstorage-file --max-http-header-size --openssl-config -r ' +
    '--redirect-warnings --require --title --trace-event-categories --trace-event-file-pattern --trace-require-module --unhandled-rejections'
  ).split(' '),
)

/** One flag of a command line. */
export interface Flag {
  /** As it was given, with its value where that is the next word. */
  readonly words: readonly string[]
  /** Without its value, and with dashes for underscores. */
  readonly name: string
  readonly value: string | undefined
  /** The next word should have been its value, but is none. */
  readonly lacksValue: boolean
}

/** As node reads its own command line: flags end at `--` or at the first word that is none. */
export function readFlags(words: readonly string[]): { flags: Flag[]; rest: string[] } {
  const rest = [...words]
  const flags: Flag[] = []
  while (/^-./s.test(rest[0] ?? '')) {
    const word = rest.shift() as string
    if (word === '--') break
    const [, given = '', behind] = /^(-[^-].*|[^=]*)(?:=(.*))?$/s.exec(word) ?? []
    const name = given.replaceAll('_', '-')
    // A switch, for all that node's help says: what it prints is the next word or the code of `-e`.
    const own = name === '--print' ? undefined : behind
    const takesNext = own === undefined && (isCodeFlag(name) || flagsWithValue.has(name))
    // A value that begins with a dash has a backslash before it.
    const next = takesNext && !rest[0]?.startsWith('-') ? rest.shift() : undefined
    flags.push({
      words: next === undefined ? [word] : [word, next],
      name,
      value: own ?? next?.replace(/^\\-/, '-'),
      lacksValue: takesNext && next === undefined,
    })
  }
  return { flags, rest }
}

/** What node takes on its command line and not in NODE_OPTIONS. */
const startFlags =
  /^(?:-[cehipv]|-pe|--(?:bench|build-s\w+(?:-config)?|check|completion-bash|env-file(?:-if-exists)?|eval|help|interactive|print|run|test(?:-.+)?|tls-m(?:ax|in)-v.*|v8-options|version|vfs-load))$/

/** V8's flags by how all but its rarest begin: there are a thousand, and none changes anything here. */
const engineFlags =
  /^--(?:no-)?(?:abort|allow|always|async|builtins|bytecode|code|compact|concurrent|debug|disable|disallow|dump|enable|experimental|expose|external|fast|flush|force|future|gc|harmony|hash|heap|icu|ignition|incremental|initial|inline|jit|js|lazy|lite|log|maglev|max|memory|min|native|opt|parallel|perf|predictable|print|prof|random|regexp|runtime|semi|shared|single|slow|sparkplug|stack|stress|trace|track|turbo|use|verify|wasm)/

/** Whether node starts with it. */
export function isNodeFlag(name: string): boolean {
  return startFlags.test(name) || createEnvironmentFlags().has(name) || engineFlags.test(name)
}

/** Whether what comes with it is a program. */
export function isCodeFlag(name: string): boolean {
  return /^(?:-e|--eval|-p|-pe|--print)$/.test(name)
}
