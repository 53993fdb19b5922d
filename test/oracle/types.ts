/** What the oracle suite works with: a case is a tree and a program, and its answer is what was observed. */

/** A file's contents, a symbolic link, or `null` for an empty directory. */
export type Contents = string | Uint8Array | { readonly link: string } | null

/**
 * Paths relative to the case's root. In texts, link targets, `argv`, `env` and `cwd`, `<root>` stands for the
 * absolute path of that root, which is the same on both sides.
 */
export type Tree = Readonly<Record<string, Contents>>

export interface OracleCase {
  /** Begins with the ids of the rows that it proves: `R9 R10 a trailing slash …`. */
  readonly name: string
  readonly tree?: Tree
  /**
   * The main program's body. What it uses of `observe.cjs` is required before it, on the same line; what it leaves in
   * `module.exports` is the observation.
   */
  readonly program?: string
  /** Where the program is put. With no `program` the tree must hold that file. @default 'main.js' */
  readonly at?: string
  /** What is given to be run as main, where that is not `at` itself: without extension, a directory, … */
  readonly main?: string
  readonly argv?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Flags of node's command line, given to both. */
  readonly execArgv?: readonly string[]
  /** @default '<root>' */
  readonly cwd?: string
  /** Also compare the places (file, line, column) of the stack's frames that lie in the tree. */
  readonly frames?: boolean
  /** The program is meant to throw. */
  readonly throws?: boolean
  /** Texts that node's answer must contain: they say what the case is about, and keep it from losing its point. */
  readonly shows?: string | readonly string[]
}

/** A case laid out at its place: nothing is left to substitute. */
export interface LaidOutCase {
  readonly root: string
  readonly files: ReadonlyArray<readonly [path: string, contents: Contents]>
  readonly main: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly execArgv: readonly string[]
  readonly cwd: string
  readonly frames: boolean
}

/** What one side saw; JSON throughout. */
export interface Answer {
  readonly result?: unknown
  readonly thrown?: unknown
  readonly frames?: readonly string[]
  readonly warnings: readonly unknown[]
  /** node itself broke down over it: there is nothing to compare. */
  readonly isLost?: boolean
}
