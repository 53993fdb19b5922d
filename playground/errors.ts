import type { Loader } from 'lodger/hosts/page'

/** Text without the page's own frames, lodger's among them: they say nothing about the program. */
export function withoutOwnFrames(text: string): string {
  // What `inspect` puts behind the last frame must stay.
  return text.replace(/\n +at [^\n]*?( \{)?(?=\n|$)/g, (frame, brace = '') =>
    frame.includes(location.origin) ? brace : frame,
  )
}

/** As node prints it, members included. */
export function describeError(error: unknown, loader: Loader): string {
  if (!(error instanceof Error)) return `Uncaught: ${String(error)}`
  try {
    const { inspect } = loader.require('util') as { inspect(value: unknown): string }
    return withoutOwnFrames(inspect(error))
  } catch {
    return withoutOwnFrames(error.stack ?? String(error))
  }
}
