/**
 * Stacks as node has them, in engines that write them otherwise. SpiderMonkey has `name@file:line:column` behind an
 * accessor, and neither the error's name nor its message before that; V8 needs nothing.
 */
export function useNodeStacks(): void {
  const native = Object.getOwnPropertyDescriptor(Error.prototype, 'stack')
  if (native?.get === undefined) return
  Object.defineProperty(Error.prototype, 'stack', {
    ...native,
    get(this: Error) {
      const stack: unknown = native.get?.call(this)
      return typeof stack === 'string' ? nodeStack(String(this), stack, location.origin) : stack
    },
  })
}

/** @param own what is in the address of frames that are the page's */
export function nodeStack(head: string, stack: string, own: string): string {
  const frames = stack.split('\n').flatMap((line) => {
    const [, name, place] = /^(.*?)@(.+:\d+:\d+)$/.exec(line) ?? []
    if (place === undefined || place.includes(own)) return []
    return name ? `    at ${name} (${place})` : `    at ${place}`
  })
  return [head, ...frames].join('\n')
}
