/** What the legacy URL parser knows of protocols; with and without their colon. */

const slashed = new Set(
  ['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'].flatMap((name) => [name, `${name}:`]),
)

/** Followed by `//` and a host. */
export const isSlashed = (protocol: unknown): boolean => slashed.has(protocol as string)

/** Without a host whatever follows, and never escaped. */
export const isScript = (protocol: unknown): boolean =>
  protocol === 'javascript' || protocol === 'javascript:'
