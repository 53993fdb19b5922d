/** What the rooms of `util.inspect` share: the options, and what is known while one value is shown. */

import type { Loose, LooseFunction } from '../loose.ts'

/** The options of `util.inspect`, complete. */
export interface Settings {
  showHidden: boolean
  depth: number | null
  colors: boolean
  customInspect: boolean
  showProxy: boolean
  maxArrayLength: number
  maxStringLength: number
  breakLength: number
  compact: boolean | number
  sorted: boolean | ((one: string, other: string) => number)
  getters: boolean | 'get' | 'set'
  numericSeparator: boolean
}

export const createSettings = (): Settings => ({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
})

export type Stylize = (text: string, style: string) => string

/** What a loader has for all its inspections. */
export interface Surroundings {
  /** The guest's `util.inspect`. */
  readonly inspect: LooseFunction & { readonly custom: symbol; colors: Loose; styles: Loose }
  /** Names of the realm's own classes, by which its prototypes are told from a program's. */
  readonly classNames: ReadonlySet<string>
  readonly brandOf: (value: object) => string
  /** The guest's working directory, if it has one. */
  readonly cwd: () => string | undefined
  /** What the engine has thrown gets the stack for which the guest has asked. */
  readonly putRight: (error: object) => void
  readonly isBuiltin: (id: string) => boolean
  readonly isProxy: (value: object) => boolean
  readonly isUrl: (value: object) => boolean
}

/** One inspection, from the value that was asked for down to the last of its members. */
export interface Session extends Settings {
  readonly surroundings: Surroundings
  stylize: Stylize
  /** Options that are not ours: a value's own `inspect` gets them, too. */
  userOptions?: Loose
  /** The objects around what is being shown. */
  readonly seen: object[]
  /** Objects that contain themselves, and their numbers. */
  circular?: Map<object, number>
  indentation: number
  /** How deep the object lies that was entered last. */
  currentLevel: number
  /** Indentation -> how much text there is at it. */
  readonly written: Record<number, number>
  /** @param isInner whether an array buffer is shown as part of its view */
  show(this: Session, value: unknown, level: number, isInner?: boolean): string
}

/** Whether an object at this level is only named. */
export const isTooDeep = (session: Session, level: number): boolean =>
  session.depth !== null && level > session.depth

/** Runs `show` with lines set in by so many more columns. */
export function indented<T>(session: Session, columns: number, show: () => T): T {
  session.indentation += columns
  const shown = show()
  session.indentation -= columns
  return shown
}
