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
