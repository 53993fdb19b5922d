import { Kind, type ShimContext } from '../../src/seams.ts'

/**
 * Whether the nearest file of the guest on the stack belongs to the program itself and not to a package: node warns
 * only of what the program does. Where stacks do not name files, the answer is no.
 */
export function isCalledByProgram(context: ShimContext): boolean {
  for (const [, path = ''] of wholeStack().matchAll(/(\/[^():\n]+):\d+(?::\d+)?\)?$/gm)) {
    if (context.volume.lookup(path)?.kind === Kind.File) return !path.includes('/node_modules/')
  }
  return false
}

/** The loader's own frames may be more than those that engines keep. */
function wholeStack(): string {
  const { stackTraceLimit: limit } = Error as { stackTraceLimit?: unknown }
  Reflect.set(Error, 'stackTraceLimit', 100)
  // biome-ignore lint/complexity/useLiteralKeys: not a member of every engine's Error
  const stack = String((new Error() as { stack?: unknown })['stack'] ?? '')
  if (limit === undefined) Reflect.deleteProperty(Error, 'stackTraceLimit')
  else Reflect.set(Error, 'stackTraceLimit', limit)
  return stack
}
