/** `npm run types`: checks every project of tsconfig.json and writes the declarations to dist/types. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensurePackages } from './ensure.mjs'
import { run } from './run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @returns {boolean} Whether all is well; what is not has been printed. */
export function checkTypes() {
  const ended = run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], root)
  removeOrphans(join(root, 'dist/types'))
  return ended
}

/** Declarations whose source is gone: tsc leaves them, and they would be published. @param {string} types */
function removeOrphans(types) {
  if (!existsSync(types)) return
  for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    const source = join(root, name.replace(/\.d\.ts$/, '.ts'))
    if (name.endsWith('.d.ts') && !existsSync(source)) rmSync(join(types, name))
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensurePackages()
  const { generateLibraries } = await import('./generate-libraries.mjs')
  await generateLibraries()
  const { generateTexts } = await import('./generate-texts.mjs')
  await generateTexts()
  process.exitCode = checkTypes() ? 0 : 1
}
