/** How the program is started, as it stands in the fields. */
import type { Contents } from '../files/contents.ts'
import type { Rules } from '../overrides/rules.ts'
import { readVariables, readWords } from './command-line.ts'
import type { Program } from './protocol.ts'

export interface Settings {
  readonly main: string
  readonly args: string
  readonly env: string
  readonly rules: Rules
}

/** @throws an error that says what is wrong with a field */
export function programOf(files: ReadonlyMap<string, Contents>, settings: Settings): Program {
  const { main, args, env, rules } = settings
  if (!files.has(main)) {
    throw new Error(
      `There is no file ${main} to run. Choose another one in the line that starts with node.`,
    )
  }
  return { files, main, args: readWords(args), env: readVariables(env), rules }
}
