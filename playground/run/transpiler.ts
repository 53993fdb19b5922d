/** The engine for TypeScript and JSX: fetched by the worker when a program has such files. */
import { sucraseTranspiler, type Transpile } from 'lodger/transpile'
import type { Program } from './protocol.ts'

/** Packages bring theirs as JavaScript; what they have beside it are declarations. */
const own = /^(?!.*\/node_modules\/)(?!.*\.d\.[cm]?ts$).*\.(?:[cm]?ts|tsx|jsx)$/

export async function transpilerFor({ files }: Program): Promise<Transpile | undefined> {
  if (![...files.keys()].some((path) => own.test(path))) return undefined
  return sucraseTranspiler(await import('sucrase'))
}
