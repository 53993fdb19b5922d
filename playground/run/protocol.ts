/** What the page and the worker that runs the program say to each other. */
import type { Explanation, RequestMode, TraceStep } from 'lodger/hosts/page'
import type { Contents } from '../files/contents.ts'
import type { Rules } from '../overrides/rules.ts'

export type Stream = 'stdout' | 'stderr'

/** A program and how it is started. */
export interface Program {
  /** Empty folders have a slash behind their path. */
  readonly files: ReadonlyMap<string, Contents>
  readonly main: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly rules: Rules
}

/** What an `Error` is made of, once it has crossed. */
export interface Answer extends Omit<Explanation, 'error'> {
  readonly error: { readonly name: string; readonly message: string } | undefined
  readonly steps: readonly TraceStep[]
}

/** Why does that request of the program's lead where it leads? */
export interface Question {
  readonly kind: 'explain'
  readonly number: number
  readonly program: Program
  readonly specifier: string
  readonly from: string
  readonly mode: RequestMode
}

export type ToWorker =
  | { readonly kind: 'run'; readonly program: Program }
  | { readonly kind: 'input'; readonly text: string | null }
  | Question

/** A module of the running program, and the milliseconds that it took. */
export interface ModuleTime {
  /** Its URL. */
  readonly id: string
  /** Of a file. */
  readonly path: string | undefined
  readonly isBuiltin: boolean
  /** The URL of the first that has asked for it; absent for the main module. */
  readonly by: string | undefined
  /** From the start of the program. */
  readonly start: number
  /** With what was loaded meanwhile. */
  readonly total: number
  /** Without. */
  readonly self: number
  /** False while it runs or awaits something, and for good when it has thrown. */
  readonly isLoaded: boolean
}

/** What a running program has brought forth since the last message. */
export interface News {
  readonly kind: 'news'
  readonly output: readonly (readonly [Stream, string])[]
  /** Lines that came faster than they can be shown. */
  readonly omitted: number
  /** Paths to contents; `null` takes away a path and all below it. */
  readonly files: readonly (readonly [string, Contents | null])[]
  readonly modules: readonly ModuleTime[]
}

export type FromWorker =
  | { readonly kind: 'ready' }
  | News
  | { readonly kind: 'waiting'; readonly forInput: boolean }
  | { readonly kind: 'end'; readonly exitCode: number }
  | { readonly kind: 'explained'; readonly number: number; readonly answer: Answer }
