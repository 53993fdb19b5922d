/** Builtins as tests take them: as loosely as node's own are. */
import type { createLoader } from 'lodger'

// biome-ignore lint/suspicious/noExplicitAny: what a builtin exports is known to the test that asks for it
export type Loose = any

/** `loader.require` for tests that know what they get. */
export function requireOf(loader: ReturnType<typeof createLoader>): (id: string) => Loose {
  return (id) => loader.require(id)
}
