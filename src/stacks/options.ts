/** What `createLoader` takes for stacks. */
import { expectFunction, type LoaderOptions, type Settings, switched } from '../load/options.ts'

/** The options that are read here. */
export const stackOptions = ' sourceMapLookup codeFrames'

export interface StackSettings {
  readonly lookup: LoaderOptions['sourceMapLookup']
  readonly codeFrames: boolean
}

/** @throws ERR_INVALID_ARG_TYPE naming the option */
export function readStackOptions(options: LoaderOptions, { env }: Settings): StackSettings {
  const { sourceMapLookup: lookup, codeFrames } = options
  if (lookup !== undefined) expectFunction('options.sourceMapLookup', lookup)
  const isAsked = ['LODGER_CODE_FRAMES', 'PACKHERD_CODE_FRAMES'].some(
    (name) => !['', '0', 'false'].includes(env[name] ?? ''),
  )
  return { lookup, codeFrames: switched('codeFrames', codeFrames) || isAsked }
}
