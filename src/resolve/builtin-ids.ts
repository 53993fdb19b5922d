/** The builtins of node 26.10, by which names they may be required. https://nodejs.org/api/modules.html#built-in-modules */

/** Those that can only be had with `node:` before them. */
const prefixOnly = ['ffi', 'sea', 'sqlite', 'test', 'test/reporters']

const plain = (
  '_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server _tls_common _tls_wrap ' +
  'assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram ' +
  'diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector ' +
  'inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring ' +
  'readline readline/promises repl stream stream/consumers stream/promises stream/web string_decoder sys ' +
  'timers timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib'
).split(' ')

const plainIds = new Set(plain)
const allIds = new Set([...plain, ...prefixOnly])

/** What `module.builtinModules` lists. */
export const builtinModules: readonly string[] = Object.freeze([
  ...plain,
  ...prefixOnly.map((id) => `node:${id}`),
])

/** The id without `node:`, when this specifier means a builtin. */
export function builtinId(specifier: string): string | undefined {
  if (plainIds.has(specifier)) return specifier
  if (typeof specifier !== 'string' || !specifier.startsWith('node:')) return undefined
  const id = specifier.slice(5)
  return allIds.has(id) ? id : undefined
}

/** Whether `require(id)` without `node:` gives the builtin. */
export function isPlainBuiltin(id: string): boolean {
  return plainIds.has(id)
}

/**
 * What speaks for a request, the longest first: the id, what stands before a slash in it, and of the pieces that node keeps
 * under names of their own (`_http_client`) the builtin they belong to.
 */
export function* coveringIds(id: string): Iterable<string> {
  for (let end = id.length; end > 0; end = id.lastIndexOf('/', end - 1)) yield id.slice(0, end)
  const [, owner] = /^_(http|tls)_\w+$/.exec(id) ?? []
  if (owner !== undefined) yield owner
}
