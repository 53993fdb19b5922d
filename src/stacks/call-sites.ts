/** V8's call sites as the guest's own `prepareStackTrace` gets them. https://v8.dev/docs/stack-trace-api */
import { type Compiled, ownColumn } from '../load/stack.ts'

export interface CallSite {
  getFileName(): string | null | undefined
  getScriptNameOrSourceURL?(): string | null | undefined
  getLineNumber(): number | null
  getColumnNumber(): number | null
}

/** Text that a host can only evaluate has no filename for V8, and columns of its own. */
export function siteOfFile(site: CallSite, compiled: ReadonlyMap<string, Compiled>): CallSite {
  const name = site.getFileName() ?? site.getScriptNameOrSourceURL?.()
  const text = name ? compiled.get(name) : undefined
  if (text === undefined) return site
  const own = {
    __proto__: null,
    getFileName: () => text.filename,
    getColumnNumber() {
      const line = site.getLineNumber()
      const column = site.getColumnNumber()
      return line === null || column === null ? column : ownColumn(text, line, column)
    },
  }
  return new Proxy(site, {
    get(_, key) {
      const value: unknown = own[key as 'getFileName'] ?? Reflect.get(site, key)
      return typeof value === 'function' ? value.bind(site) : value
    },
  })
}
