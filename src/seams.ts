/**
 * Every pluggable interface of lodger. Types only, but for the two constants that give them meaning.
 * The parts of lodger do not know each other: they know this file, and `index.ts` and the hosts put them together.
 */

/** What an entry of a directory is. Numbers, because the resolver compares them millions of times. */
export const Kind = { File: 1, Directory: 2, Link: 3 } as const

/** A file's contents. Bytes are decoded when somebody asks for text, and only once. */
export interface FileEntry {
  readonly kind: typeof Kind.File
  /** The contents as UTF-8, invalid sequences replaced by U+FFFD, a byte order mark kept. */
  text(): string
  /** The contents; the engine never writes to this array. */
  bytes(): Uint8Array
}

/** A symbolic link; `target` is kept as it was written. */
export interface LinkEntry {
  readonly kind: typeof Kind.Link
  readonly target: string
}

/** A directory. Its identity is stable for as long as it exists, so that caches may hang off it. */
export interface DirectoryEntry {
  readonly kind: typeof Kind.Directory
  readonly name: string
  readonly parent: DirectoryEntry | undefined
  /** The absolute path from the volume's root, free of symlinks. */
  readonly path: string
  /** The entry of that name; `undefined` means that it is known to be absent. Never throws. */
  get(name: string): Entry | undefined
  /** The names in this directory, in the order in which they appeared. */
  names(): string[]
}

export type Entry = FileEntry | DirectoryEntry | LinkEntry

/** Where a path leads: the entry itself, and the real directory and name that hold it. */
export interface Location {
  readonly entry: FileEntry | DirectoryEntry
  readonly directory: DirectoryEntry
  readonly name: string
}

/**
 * The file system that the engine reads: a tree of directories. User file systems are adapted to it once, at the edge.
 * Reading never throws for what is absent; changing throws an error with node's `code` (`ENOENT`, `EROFS`, …).
 */
export interface Volume {
  readonly root: DirectoryEntry
  /**
   * Two equal readings promise that no name has appeared or disappeared between them. A volume that mirrors a file
   * system which others may change can promise nothing and gives a new number at each reading.
   */
  readonly generation: number
  /**
   * Two equal readings promise that every directory which was found between them is still the same object at the same
   * place. Only a volume whose `generation` promises nothing needs it.
   */
  readonly structure?: number | undefined
  /** Follows symlinks, the last one too. `undefined` for what is absent, for loops and for what lies beyond the root. */
  lookup(path: string): FileEntry | DirectoryEntry | undefined
  /** Like `lookup`, and tells the real place. */
  locate(path: string): Location | undefined
  /** Follows one link that was found in `directory`. */
  follow(directory: DirectoryEntry, link: LinkEntry): Location | undefined
  /** The outermost `require` begins: a mirror checks again what it believes. */
  refresh?(): void

  /** Creates or replaces the file of that name. The volume keeps the array; it must not change afterwards. */
  writeFile(directory: DirectoryEntry, name: string, bytes: Uint8Array | string): FileEntry
  /** Changes part of an existing file, for volumes to which writing all of it is dear; `writeFile` serves elsewhere. */
  writeAt?(directory: DirectoryEntry, name: string, bytes: Uint8Array, position: number): void
  makeDirectory(directory: DirectoryEntry, name: string): DirectoryEntry
  makeLink(directory: DirectoryEntry, name: string, target: string): LinkEntry
  /** Gives an existing file a second name (a hard link). */
  addName(directory: DirectoryEntry, name: string, file: FileEntry): void
  /** Removes a name; a directory goes with all that is in it. */
  remove(directory: DirectoryEntry, name: string): void
  /** Moves an entry, identity kept; replaces what stands at the new place. */
  move(from: DirectoryEntry, name: string, to: DirectoryEntry, newName: string): void
  /** What a user's file system knows of an entry beside its contents, where there is one. */
  stat?(directory: DirectoryEntry, name: string): EntryStat | undefined
  /** Passes a change of mode, owner or times on to a user's file system. */
  setStat?(directory: DirectoryEntry, name: string, change: Partial<EntryStat>): void
}

/** Times in milliseconds since the epoch; `mode` with the type bits, as in node's `fs.Stats`. */
export interface EntryStat {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly atimeMs: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly birthtimeMs: number
  /** What only a file system with inodes can tell; where it is absent, the guest's `fs` makes something up. */
  readonly size?: number
  readonly ino?: number
  readonly nlink?: number
  readonly dev?: number
  readonly blocks?: number
}

/** The least of node's `fs` that can fill a volume. Everything beyond the first two is used where it exists. */
export interface NodeStyleFileSystem {
  // biome-ignore lint/suspicious/noExplicitAny: node's, memfs's and everybody's own overloads must all fit
  readFileSync(path: string, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  statSync(path: string, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: as above; `lstatSync`, `readdirSync`, `writeFileSync`, …
  [member: string]: any
}

/** What `createLoader({ fs })` takes: `{ path: contents }`, a node-style synchronous fs, or a volume. */
export type FileSystem =
  | Readonly<Record<string, string | Uint8Array>>
  | NodeStyleFileSystem
  | Volume

/** A compiled module: called as node calls it, with `this === module.exports`. */
export type ModuleFunction = (
  this: unknown,
  exports: unknown,
  require: unknown,
  module: unknown,
  filename: string,
  dirname: string,
) => unknown

/** Text to evaluate: what the author wrote, between what the engine puts around it on the same lines. */
export interface SourceText {
  readonly prefix: string
  readonly source: string
  readonly suffix: string
  /** What stacks call it. */
  readonly filename: string
}

/**
 * Text to value: the only place where `eval`, `Function` or `vm` may stand, one per host.
 * Evaluates `prefix + source + suffix` as a sloppy script of the realm and gives its completion value; the engine's
 * own `SyntaxError` goes on unchanged.
 */
export interface Evaluate {
  (text: SourceText): unknown
  /** Whether stacks count the columns of the first line from the source, not from the prefix. */
  readonly hidesPrefix?: boolean
  /**
   * The function with these parameters and this body, where a host can make it without
   * text around it; that is faster, and no text can break out of it.
   */
  readonly compileFunction?: (
    body: string,
    parameters: readonly string[],
    filename: string,
  ) => unknown
}

/** A script of the guest, to be run at once, as `vm` does; its `import()` never reaches the host's importer. */
export interface GuestScript {
  readonly source: string
  /** What stacks call it. */
  readonly filename: string
  /**
   * Answers for every free identifier, as the object of a `with` around the script. The first two that it is asked for
   * are the engine's own, `eval` and `lodger$text`: it must not have them.
   * @default the guest's globals
   */
  readonly scope?: object
  /** What the script sees as `this`. @default the guest's `globalThis` */
  readonly self?: object
  /** What `import()` calls. @default rejects with ERR_LODGER_DYNAMIC_IMPORT */
  readonly importer?: (specifier: unknown) => unknown
}

/** Modules that exist as functions already; with them nothing is evaluated from text. */
export interface Definitions {
  readonly [key: string]: ModuleFunction
}

/** An engine that makes JavaScript of TypeScript, of JSX or of whatever `createLoader({ transpile })` is to take. */
export interface Transpile {
  /**
   * What it throws becomes a SyntaxError that names the file, and the place in it where the error has `line` and `column`,
   * or `loc` with these, both counted from 1.
   * @param filename absolute
   */
  (source: string, filename: string, options: TranspileOptions): Transpiled
  /** Differs whenever the engine would give another text: its name, version, options. Nothing is cached without it. */
  readonly identity?: string
  /** The extensions that it takes. @default ['.ts', '.tsx', '.mts', '.cts', '.jsx'] */
  readonly extensions?: readonly string[]
  /** By node's own rules it only strips types, and only where node does; a file is found by its whole name. */
  readonly rules?: 'node'
}

/** What a text is to become. */
export interface TranspileOptions {
  /** Its `import` and `export` stay for `module`, and become `require` and `exports` for `commonjs`; `import()` stays. */
  readonly format: 'commonjs' | 'module'
  /** Of the tsconfig.json in charge, with all that it extends. */
  readonly compilerOptions?: Readonly<Record<string, unknown>>
}

export interface Transpiled {
  readonly code: string
  /** A source map as JSON. */
  readonly map?: string | undefined
}

/**
 * Texts by key, for what has been transpiled. A key is 32 hexadecimal digits. A store may forget whatever it likes, and
 * may fail: what it gives is checked, and what it throws is overlooked.
 */
export interface TranspileCache {
  get(key: string): string | undefined
  /** `get` gives it from now on; what it takes to keep it may go on behind. */
  add(key: string, text: string): void
  /** The same for who has time: resolves when the text is kept, rejects when it cannot be. */
  addAsync(key: string, text: string): Promise<void>
  /** Forgets everything that was added, by whomever; may be called again. */
  clear(): void
}

/** What `createLoader({ transpileCache })` needs of a cache. */
export type TranspileStore = Pick<TranspileCache, 'get'> &
  (Pick<TranspileCache, 'add'> | Pick<TranspileCache, 'addAsync'>) &
  Partial<TranspileCache>

/** Makes one loader's own copy of a builtin, on its first `require`. */
export type Shim = (context: ShimContext) => unknown

/** Builtin id without `node:` to the shim that stands in for it. */
export type Builtins = { readonly [id: string]: Shim }

/** What a shim may know of its loader. */
export interface ShimContext {
  /** The builtin's id, without `node:`. */
  readonly id: string
  /** Another builtin of the same loader: its shim, whatever overrides say. */
  // biome-ignore lint/suspicious/noExplicitAny: shims know the shape of each other
  require(id: string): any
  /** What the guest that calls may have of another builtin. @throws ERR_LODGER_FORBIDDEN */
  exportsOf(id: string): unknown
  /** The guest's `globalThis`. */
  readonly global: Record<PropertyKey, unknown>
  readonly host: Host
  readonly volume: Volume
  /** The host's way from text to value. */
  readonly evaluate: Evaluate
  /** Runs a script with the guest's globals, or a scope, around it, and gives its completion value. */
  runScript(script: GuestScript): unknown
  /** Puts the stack of an error right that leaves the guest. */
  clean(error: unknown): void
  /** A stack's text without lodger's frames, with the columns of the guest's texts as they are in their files. */
  cleanText(stack: string): string
  /** What the loader's options say of the process. */
  readonly settings: ProcessSettings
  /** Absent in `lodger/core`. */
  readonly programs: Programs | undefined
  /** Runs `callback` whenever the host is about to run something of the guest by `main` or `require`. */
  onEnter(callback: () => void): void
  /** Runs `callback` when the loader is disposed of; the returned function takes it back. */
  onDispose(callback: () => void): () => void
}

/** Which program of several one is. */
export interface Identity {
  readonly pid: number
  readonly ppid: number
  /** What it was called by. */
  readonly argv0: string
}

export interface ProcessSettings extends Identity {
  readonly argv: readonly string[]
  readonly execArgv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** `process.features.typescript` */
  readonly typescript: 'strip' | 'transform' | false
}

/** The programs of one family, side by side on one volume, each in a loader of its own: child processes, workers. */
export interface Programs {
  /** Makes a loader with this one's options but for those given. Nothing of it runs yet. */
  create(start: ProgramStart): Program
  /** By pid, what takes a signal's number for a program; each program's `process` enters itself. */
  readonly receivers: Map<number, (signal: number) => void>
}

export interface ProgramStart {
  readonly argv: readonly string[]
  readonly execArgv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** @default 'node' */
  readonly argv0?: string
  /** Powers in place of the starting program's. */
  readonly host?: Partial<Host>
  /** Of a program that is to be part of its parent's process. @default a new one */
  readonly pid?: number
  /** Whether it has to end before its caller goes on, so that no job of a promise runs meanwhile. @default false */
  readonly isSynchronous?: boolean
}

/** A module that awaits something. */
export interface Unsettled {
  readonly url: string
  readonly source: string
  /** Where in its text, if only one place is to be thought of. */
  readonly start: number | undefined
}

/** A loader, as the shims that started it see it. */
export interface Program {
  /** Its builtins, its `globalThis`, its host. */
  readonly context: ShimContext
  /** @returns a promise, where it is an ES module that has not run by now */
  main(filename: string): unknown
  /**
   * Loads what `--require` and `--import` name.
   * @returns a promise where that has not run by now
   */
  preload(): Promise<unknown> | undefined
  /** Whether a file is an ES module, by what is said of it or by its text. */
  isModule(filename: string): boolean
  /** Makes sure that an ES module's text is in order. @throws SyntaxError */
  parse(filename: string): void
  /**
   * Runs a text as an ES module that lies at this URL.
   * @param isMain what `import.meta.main` is
   * @returns as `main`
   */
  evaluate(source: string, url: string, isMain: boolean): Promise<unknown> | undefined
  /** The ES module for which all that have not run yet are waiting. */
  unsettled(): Unsettled | undefined
  /** Whether a text that is no script, for this error, would be an ES module. */
  isModuleText(source: string, error: unknown): boolean
  /** Whether it is one. */
  isModuleInOrder(source: string): boolean
  /** Whether a text that is no JavaScript may be TypeScript. */
  readonly takesTypeScript: boolean
  /**
   * JavaScript from a text that lies in no file.
   * @param name what errors call it
   * @param format one of node's for TypeScript
   * @throws SyntaxError
   */
  toJavaScript(source: string, name: string, format: string): string
  dispose(reason: string): void
}

/** What a host gives. All of it can be replaced member by member with `createLoader({ host })`. */
export interface Host {
  /** `page`, `worker`, `node`, `quickjs`, …: named in errors. */
  readonly name: string
  /** The realm's own `globalThis`: guest code sees its members, lodger never writes to it. */
  readonly global: object
  /** Text for the guest's standard streams, as it comes; lines are not split. */
  write(stream: 'stdout' | 'stderr', text: string): void
  /** The same for what need not be text; `write` gets it decoded where this is absent. */
  readonly writeBytes?: ((stream: 'stdout' | 'stderr', bytes: Uint8Array) => void) | undefined
  /** All that stands on the standard input; nothing where absent. */
  readonly readInput?: (() => Uint8Array) | undefined
  /** Calls back after so many milliseconds; absent on a host without timers. */
  readonly setTimeout?: ((callback: () => void, milliseconds: number) => unknown) | undefined
  readonly clearTimeout?: ((handle: unknown) => void) | undefined
  /** Calls back as soon as the host's loop turns; `setTimeout` of 0 where absent. */
  readonly setImmediate?: ((callback: () => void) => unknown) | undefined
  readonly clearImmediate?: ((handle: unknown) => void) | undefined
  /** Lets a timer's handle keep the host alive, or not; does nothing where a host cannot tell. */
  readonly setKeepsAlive?: ((handle: unknown, keepsAlive: boolean) => void) | undefined
  /** Calls back after the running job; built on promises where absent. */
  readonly queueMicrotask?: ((callback: () => void) => void) | undefined
  /** Calls back after the running job and every promise job that waits; `queueMicrotask` where absent. */
  readonly nextTick?: ((callback: () => void) => void) | undefined
  /** A value that the host carries along through `await`, promises and its own callbacks; absent where it carries none. */
  readonly asyncContext?: AsyncContext | undefined
  /**
   * Hands over promises that were rejected and that nobody handles. Only who made the loader knows whether they are the
   * guest's: no host gives it by itself.
   * @returns takes the listener back
   */
  readonly onRejections?: ((listener: RejectionListener) => () => void) | undefined
  /** Keeps promises that are rejected for this reason in the running jobs, and that nobody handles, from ending the host. */
  readonly overlook?: ((reason: object) => void) | undefined
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds from an arbitrary origin, monotonic, as fine as the host allows. */
  uptime(): number
  /** Fills the array with cryptographically strong random values; absent where the host has none. */
  readonly fillRandom?: ((bytes: Uint8Array) => void) | undefined
  /** The realm is the guest's alone: what is done to its `Error` nobody else sees. */
  readonly ownsRealm?: boolean | undefined
  /** Whether a value is a proxy, which the language itself cannot tell. */
  readonly isProxy?: ((value: unknown) => boolean) | undefined
  readonly fetch?: ((input: unknown, init?: unknown) => Promise<unknown>) | undefined
  /**
   * What a package of lodger's own dependencies exports, at once: `typescript`, `sucrase`, `amaro`, or its package.json.
   * Guests never see it. Absent where nothing can be loaded synchronously.
   */
  readonly loadPackage?: ((name: string) => unknown) | undefined
}

/** One value for the running code: what is set here is found again behind each `await` and callback that begins here. */
export interface AsyncContext {
  get(): unknown
  /** @returns whether the host carries it, which it does always or never */
  set(value: unknown): boolean
}

/** Where the guest's process hears of rejections. */
export interface RejectionListener {
  /** Nobody handles this promise. @throws what no handler of the guest wants, and the guest has ended then */
  unhandled(reason: unknown, promise: object): void
  /** Somebody does now, of which `unhandled` was told before. */
  handled(promise: object): void
}

/** The house rules: which code may have what. An interface of a later step; `createLoader` refuses unknown ones. */
export interface Policy {
  readonly level: 'none'
}

/** How a request is made: with other conditions, and by other rules. */
export type RequestMode = 'require' | 'import'

/** One decision of the resolver, for `explain`. */
export interface TraceStep {
  /** The operation of node's specification: `loadAsFile`, `packageExportsResolve`, … */
  readonly operation: string
  /** What was looked at: a path, a key of `exports`, a condition. */
  readonly subject: string
  readonly outcome: 'found' | 'absent' | 'skipped' | 'matched' | 'error' | 'note'
  /** Why, in a few words. */
  readonly reason?: string
}

/** Takes one decision; absent while nobody asks, so that its arguments cost nothing. */
export type Note = (
  operation: string,
  subject: string,
  outcome: TraceStep['outcome'],
  reason?: string,
) => void

/** What `explain` gives: every step in order, and how it ended. */
export interface Explanation {
  readonly specifier: string
  readonly from: string
  readonly filename: string | undefined
  readonly error: Error | undefined
  readonly steps: readonly TraceStep[]
}
