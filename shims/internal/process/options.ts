import type { ProcessSettings } from '../../../src/seams.ts'

/** node's command line options as far as shims obey them: `execArgv`, and before it `NODE_OPTIONS`. */
export interface Options {
  /** Of `--x` and `--no-x` the later one counts; asked for by the one that is not the default. */
  has(flag: string): boolean
  /** The value of the last `--flag=value` or `--flag value`. */
  last(flag: string): string | undefined
  all(flag: string): string[]
  env(name: string): string | undefined
}

export function readOptions(settings: ProcessSettings): Options {
  const { env } = settings
  const nodeOptions = (Object.hasOwn(env, 'NODE_OPTIONS') && env.NODE_OPTIONS) || ''
  const words = [...nodeOptions.split(/\s+/).filter(Boolean), ...settings.execArgv]
  const opposite = (flag: string) =>
    flag.startsWith('--no-') ? `--${flag.slice(5)}` : `--no-${flag.slice(2)}`

  return {
    has(flag) {
      return words.lastIndexOf(flag) > words.lastIndexOf(opposite(flag))
    },
    last(flag) {
      return this.all(flag).at(-1)
    },
    all(flag) {
      return words.flatMap((word, index) => {
        if (word.startsWith(`${flag}=`)) return [word.slice(flag.length + 1)]
        const next = words[index + 1]
        return word === flag && next !== undefined ? [next] : []
      })
    },
    env(name) {
      return Object.hasOwn(env, name) ? env[name] : undefined
    },
  }
}
