/** The npm packages of the samples; each is fetched when a sample that needs it is opened. */

type PackageFiles = Readonly<Record<string, string>>

const packages = {
  'ansi-styles': () => import('virtual:package/ansi-styles'),
  chalk: () => import('virtual:package/chalk'),
  'color-convert': () => import('virtual:package/color-convert'),
  'color-name': () => import('virtual:package/color-name'),
  handlebars: () => import('virtual:package/handlebars'),
  'has-flag': () => import('virtual:package/has-flag'),
  marked: () => import('virtual:package/marked'),
  minimist: () => import('virtual:package/minimist'),
  ms: () => import('virtual:package/ms'),
  'p-map': () => import('virtual:package/p-map'),
  preact: () => import('virtual:package/preact'),
  'preact-render-to-string': () => import('virtual:package/preact-render-to-string'),
  semver: () => import('virtual:package/semver'),
  'source-map': () => import('virtual:package/source-map'),
  'supports-color': () => import('virtual:package/supports-color'),
  typescript: () => import('virtual:package/typescript'),
} satisfies Record<string, () => Promise<{ default: PackageFiles }>>

export type PackageName = keyof typeof packages

export async function loadPackages(names: readonly PackageName[]): Promise<PackageFiles> {
  const loaded = await Promise.all(names.map((name) => packages[name]()))
  return Object.assign({}, ...loaded.map((module) => module.default))
}
