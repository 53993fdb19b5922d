import { readFileSync } from 'node:fs'

/** lodger's own version. */
export function version(): string {
  // From `src/cli` as from wherever the build puts this in `dist`, it is two directories up.
  const manifest = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
