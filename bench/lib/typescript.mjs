/** Real TypeScript: the sources of rxjs and ajv that the corpus has installed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @returns {[filename: string, source: string][]} */
export function sources() {
  const packages = fileURLToPath(new URL('../../test/corpus/node_modules/', import.meta.url))
  return ['rxjs/src', 'ajv/lib'].flatMap((folder) =>
    readdirSync(join(packages, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
      .map((name) => join(packages, folder, name))
      .map((name) => /** @type {[string, string]} */ ([name, readFileSync(name, 'utf8')])),
  )
}
