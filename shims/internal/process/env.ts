import { codedError } from '../../../src/errors.ts'

/**
 * `process.env`: what is written becomes a string, symbols and accessors are refused.
 * Reading has no trap, as `process.env.NODE_ENV` stands in many a hot path.
 * @param onOddValue called when something is assigned that is neither string, number nor boolean (DEP0104)
 */
export function createEnv(
  initial: Readonly<Record<string, string>>,
  onOddValue: () => void,
): Record<string, string> {
  const toText = (value: unknown): string => {
    if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string')
    if (!['string', 'number', 'boolean'].includes(typeof value)) onOddValue()
    return `${value}`
  }
  const refuse = (what: string) =>
    codedError(TypeError, 'ERR_INVALID_OBJECT_DEFINE_PROPERTY', `'process.env' ${what}`)

  const target: Record<string, string> = {}
  for (const name of Object.keys(initial)) setOwn(target, name, `${initial[name]}`)
  return new Proxy(target, {
    set(variables, name, value) {
      if (typeof name === 'symbol') {
        throw new TypeError('Cannot convert a Symbol value to a string')
      }
      const text = toText(value)
      // The operating system has no variable without a name.
      if (name !== '') setOwn(variables, name, text)
      return true
    },
    defineProperty(variables, name, descriptor) {
      if ('value' in descriptor) {
        const { configurable, writable, enumerable } = descriptor
        if (!configurable || !writable || !enumerable) {
          throw refuse('only accepts a configurable, writable, and enumerable data descriptor')
        }
        setOwn(variables, String(name), toText(descriptor.value))
        return true
      }
      if (descriptor.get || descriptor.set) {
        throw refuse('does not accept an accessor(getter/setter) descriptor')
      }
      throw refuse('only accepts a configurable, writable, and enumerable data descriptor')
    },
  })
}

/** Also for `__proto__`, which is a variable like any other. */
function setOwn(target: object, name: string, value: string): void {
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  })
}
