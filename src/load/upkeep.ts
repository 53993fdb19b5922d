/** What a host can see and do of modules that are loaded. */
export interface InvalidateOptions {
  /** Also drops what depends on the file, through `require`, `import` or both. @default false */
  readonly dependents?: boolean
}

/** The part of a loader that looks after what is loaded. */
export interface Upkeep {
  /**
   * Drops a file, so that the next `require` or `import` of it looks for it and evaluates it anew. What has its exports or
   * its namespace keeps them. A package.json is read anew.
   * @param file a path, from the guest's cwd if it is relative, or a `file:` URL
   * @returns the filenames that were dropped, the file itself first; none where it was not loaded
   * @throws ERR_LODGER_EVALUATING where one of them is being evaluated, and then drops none; ERR_INVALID_ARG_TYPE;
   * ERR_METHOD_NOT_IMPLEMENTED in `lodger/core`
   */
  invalidate(file: string, options?: InvalidateOptions): string[]
  /**
   * What is loaded, and what of it asks for what.
   * @throws ERR_METHOD_NOT_IMPLEMENTED in `lodger/core`
   */
  graph(): ModuleGraph
}

/** What a loader has loaded, and what of it asks for what. Data: it can be written as JSON. */
export interface ModuleGraph {
  /** In the order in which they began to run, builtins behind them. */
  readonly modules: readonly GraphModule[]
  /** Those of one module stand together, in the order of the modules. */
  readonly edges: readonly GraphEdge[]
}

export interface GraphModule {
  /** Names it in `edges`. Of a file `file:…`, of a builtin `node:…`, else what hooks or overrides call it. */
  readonly url: string
  /** Of a file. */
  readonly filename?: string
  readonly format: 'commonjs' | 'module' | 'json' | 'addon' | 'builtin'
  /** The size of the file as it is now; absent where there is none. */
  readonly bytes?: number
  /** The URL of the module that asked for it first; with `trace`, like the next two. Absent where the host did. */
  readonly by?: string
  /** Milliseconds since the epoch, when it had run; absent while it runs. */
  readonly loadedAt?: number | undefined
  /** While it runs, what it has taken so far. */
  readonly milliseconds?: {
    /** When it began to run, by the clock of `host.uptime`. */
    readonly start: number
    /** Without the modules that were loaded meanwhile. */
    readonly self: number
    readonly total: number
  }
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  /** As it was written; of `require` with `trace` only. */
  readonly specifier?: string
  readonly kind: 'require' | 'import' | 'dynamic-import'
}
