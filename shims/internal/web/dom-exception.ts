/** DOMException for hosts without it. https://webidl.spec.whatwg.org/#idl-DOMException */

const names =
  'IndexSize - HierarchyRequest WrongDocument InvalidCharacter - NoModificationAllowed NotFound NotSupported ' +
  'InUseAttribute InvalidState Syntax InvalidModification Namespace InvalidAccess - TypeMismatch Security ' +
  'Network Abort URLMismatch QuotaExceeded Timeout InvalidNodeType DataClone'

// biome-ignore lint/suspicious/noExplicitAny: its constants are defined by a loop
export function createDomException(): any {
  const codes = new Map(names.split(' ').map((name, index) => [`${name}Error`, index + 1]))

  class DOMException extends Error {
    readonly #name: string
    readonly #message: string

    constructor(message: unknown = '', options: unknown = 'Error') {
      super(`${message}`)
      const isObject = options !== null && typeof options === 'object'
      const { name = 'Error', cause } = (isObject ? options : { name: options }) as {
        name?: unknown
        cause?: unknown
      }
      this.#name = `${name}`
      this.#message = `${message}`
      // The standard has it on the prototype.
      Reflect.deleteProperty(this, 'message')
      if (isObject && 'cause' in options) {
        Object.defineProperty(this, 'cause', { value: cause, writable: true, configurable: true })
      }
    }

    override get name(): string {
      return this.#name
    }

    override get message(): string {
      return this.#message
    }

    get code(): number {
      return codes.get(this.#name) ?? 0
    }
  }

  for (const name of ['name', 'message', 'code']) {
    Object.defineProperty(DOMException.prototype, name, { enumerable: true })
  }
  Object.defineProperty(DOMException.prototype, Symbol.toStringTag, {
    value: 'DOMException',
    configurable: true,
  })
  for (const [name, value] of codes) {
    if (name === '-Error') continue
    const words = name
      .replace(/Error$/, '')
      .replace(/([a-z])(?=[A-Z])|(URL)(?=M)/g, '$1$2_')
      .toUpperCase()
    const constant = words === 'IN_USE_ATTRIBUTE' ? 'INUSE_ATTRIBUTE' : words
    for (const target of [DOMException, DOMException.prototype]) {
      Object.defineProperty(target, `${constant}_ERR`, { value, enumerable: true })
    }
  }
  return DOMException
}
