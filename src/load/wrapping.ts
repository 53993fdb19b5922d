import { wrapper } from './compile.ts'
import type { ModuleConstructor } from './module.ts'

/** `Module.wrap` and `Module.wrapper`: as soon as either is changed, what it makes is run as a script. */
export function createWrapping(Module: ModuleConstructor): {
  wrap(script: string): string
  isPatched: boolean
} {
  const state = {
    wrap: (script: string) => `${Module.wrapper[0]}${script}${Module.wrapper[1]}`,
    isPatched: false,
  }
  let current: readonly string[] = new Proxy([...wrapper], {
    // Assigning comes here, too.
    defineProperty(target, property, descriptor) {
      state.isPatched = true
      return Reflect.defineProperty(target, property, descriptor)
    },
  })
  Object.defineProperty(Module, 'wrap', {
    configurable: false,
    get: () => state.wrap,
    set(value: typeof state.wrap) {
      state.isPatched = true
      state.wrap = value
    },
  })
  Object.defineProperty(Module, 'wrapper', {
    configurable: false,
    get: () => current,
    set(value: readonly string[]) {
      state.isPatched = true
      current = value
    },
  })
  return state
}
