/** What temporary directories need beside `mkdir`. */

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export function randomName(): string {
  return Array.from({ length: 6 }, () => letters[Math.floor(Math.random() * letters.length)]).join(
    '',
  )
}

/** `[Symbol.dispose]` or its asynchronous twin, where the realm has the symbol. */
export function disposable(target: object, name: string, dispose: () => unknown): object {
  const symbol = (Symbol as unknown as Record<string, symbol | undefined>)[name]
  return symbol === undefined ? target : Object.assign(target, { [symbol]: dispose })
}
