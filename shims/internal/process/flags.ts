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
    '--redirect-warnings --require --title --trace-event-categories --trace-require-module --unhandled-rejections'
  ).split(' '),
)
