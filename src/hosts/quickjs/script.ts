/** lodger's own script, for hosts that can read a file of the package. */

/** What node, Deno and Bun have of it. */
interface ModuleMeta {
  resolve?(specifier: string): string
}

interface FileReader {
  readFile(path: unknown, encoding: 'utf8'): Promise<string>
}

/**
 * The text of `lodger/lodger.iife.js`, read from the installed package. Works on node, Deno and Bun; elsewhere the
 * bundler brings it (`import script from 'lodger/lodger.iife.js?raw'` in Vite) or `fetch` does.
 */
export async function readScript(): Promise<string> {
  const address = (import.meta as ModuleMeta).resolve?.('lodger/lodger.iife.js')
  if (address === undefined) throw new Error('This host cannot read lodger.iife.js: fetch its text')
  // In a variable, so that a bundler for browsers does not look for it.
  const files = 'node:fs/promises'
  const { readFile } = (await import(/* @vite-ignore */ files)) as FileReader
  return readFile(pathOf(address), 'utf8')
}

/** As `fileURLToPath`, which would be one more import. */
function pathOf(address: string): string {
  return decodeURIComponent(address.replace(/^file:\/\//, '')).replace(/^\/(?=[A-Za-z]:)/, '')
}
