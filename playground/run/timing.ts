/** Measures what each module takes, by standing around the loader's own `Module._load` and `module.load`. */
import type { Loader } from 'lodger/hosts/page'
import type { ModuleTime } from './protocol.ts'

interface Running {
  readonly id: string
  readonly start: number
  /** What those that it required have taken. */
  inner: number
}

export function measureModules({ Module }: Loader, note: (time: ModuleTime) => void): void {
  // The guest's `Module` has it, lodger's type of it does not.
  const { builtinModules } = Module as unknown as { builtinModules: readonly string[] }
  const builtins = new Set(builtinModules)
  const began = performance.now()
  const running: Running[] = []
  const known = new Set<string>()
  /** Who asks: after its body has run, a module may still require others. */
  let asks: string | undefined

  const measured = <Result>(id: string, isBuiltin: boolean, load: () => Result): Result => {
    const by = asks
    const self: Running = { id, start: performance.now() - began, inner: 0 }
    const tell = (isLoaded: boolean): number => {
      const total = performance.now() - began - self.start
      note({ id, isBuiltin, by, start: self.start, total, self: total - self.inner, isLoaded })
      return total
    }
    known.add(id)
    tell(false)
    running.push(self)
    let isLoaded = false
    try {
      const result = load()
      isLoaded = true
      return result
    } finally {
      running.pop()
      const total = tell(isLoaded)
      const outer = running.at(-1)
      if (outer !== undefined) outer.inner += total
    }
  }

  const { _load } = Module
  Module._load = (request, parent, isMain) => {
    const before = asks
    asks = parent?.filename ?? undefined
    try {
      const id = request.replace(/^node:/, '')
      const isNewBuiltin = !known.has(id) && builtins.has(id)
      return isNewBuiltin
        ? measured(id, true, () => _load(request, parent, isMain))
        : _load(request, parent, isMain)
    } finally {
      asks = before
    }
  }

  const { load } = Module.prototype
  Module.prototype.load = function (filename) {
    return measured(filename, false, () => load.call(this, filename))
  }
}
