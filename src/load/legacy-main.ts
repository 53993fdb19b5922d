/** node's warning of an ES module that is the main file of a package which does not name it in full. */
import { resolve } from '../path.ts'
import type { Place } from '../resolve/place.ts'

/**
 * @param place the package's directory
 * @param found its main file
 * @param base who asks
 */
export function warnOfLegacyMain(
  place: Place,
  main: string | undefined,
  found: { readonly place: Place; readonly relative: string },
  base: string,
  emitWarning: (message: string, type: string, code: string) => void,
): void {
  const { place: directory, relative } = found
  const isModule =
    relative.endsWith('.mjs') ||
    (relative.endsWith('.js') && directory.scope?.manifest.type === 'module')
  const path = directory.pathOf(relative)
  if (!isModule || (main && resolve(place.path, main) === path)) return
  const packagePath = place.pathOf('')
  const named = `"${path.slice(packagePath.length)}", imported from ${base}`
  emitWarning(
    main
      ? `Package ${packagePath} has a "main" field set to "${main}", excluding the full filename and extension to the ` +
          `resolved file at ${named}.\n Automatic extension resolution of the "main" field is deprecated for ES modules.`
      : `No "main" or "exports" field defined in the package.json for ${packagePath} resolving the main entry point ` +
          `${named}.\nDefault "index" lookups for the main are deprecated for ES modules.`,
    'DeprecationWarning',
    'DEP0151',
  )
}
