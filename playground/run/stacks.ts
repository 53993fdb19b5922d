/** Frames that node shows, unless the program asks for others. */
const shown = 10
/** Frames that are collected: between two of the program's files stand some ten of lodger's, which are taken out. */
const deepest = 60

/**
 * Stacks as node has them, in engines that write them otherwise, before lodger maps them. SpiderMonkey has
 * `name@file:line:column` behind an accessor, and neither the error's name nor its message before that; V8 needs nothing.
 */
export function useNodeStacks(): void {
  Error.stackTraceLimit = deepest
  const native = Object.getOwnPropertyDescriptor(Error.prototype, 'stack')
  if (native?.get === undefined) return
  Object.defineProperty(Error.prototype, 'stack', {
    ...native,
    get(this: Error) {
      const stack: unknown = native.get?.call(this)
      return typeof stack === 'string' ? nodeStack(String(this), stack, location.origin) : stack
    },
  })
  useNodeCaptures()
}

/** What is captured is the target's own, past the accessor. */
function useNodeCaptures(): void {
  const { captureStackTrace: capture } = Error
  if (capture === undefined) return
  Error.captureStackTrace = function captureStackTrace(target: { stack?: string }, above) {
    capture.call(Error, target, above)
    const head = Error.prototype.toString.call(target)
    const value = nodeStack(head, target.stack ?? '', location.origin)
    Object.defineProperty(target, 'stack', { value, writable: true, configurable: true })
  }
}

/** @param own what is in the address of frames that are the page's; lodger has a scheme for what it evaluates */
export function nodeStack(head: string, stack: string, own: string): string {
  const frames = stack.split('\n').flatMap((line) => {
    const [, name, place] = /^(.*?)@(.+:\d+:\d+)$/.exec(line) ?? []
    if (place === undefined || place.includes(own) || place.startsWith('lodger:')) return []
    return name ? `    at ${name} (${place})` : `    at ${place}`
  })
  return [head, ...frames].join('\n')
}

/** A frame in a text, with colours or without. */
export const framePattern = '\\n(?:\u001b\\[\\d+m)? +at [^\\n]*?( \\{)?(?=\\n|$)'
const manyFrames = new RegExp(`(?:${framePattern}){${shown + 1},}`, 'g')

/** As many frames as node shows of each stack. */
export function withoutFarFrames(text: string): string {
  if (Error.stackTraceLimit !== deepest) return text
  return text.replace(
    manyFrames,
    (frames, brace = '') =>
      frames
        .split('\n')
        .slice(0, shown + 1)
        .join('\n') + brace,
  )
}
