/** What is in the volume: the program, which can be edited, and its packages, which can be read. */
import packageFiles from 'virtual:packages'

const sources = import.meta.glob<string>('./fixtures/app/**/*', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** The program's files by path, as the user has left them. */
export const programFiles: Map<string, string> = new Map(
  Object.entries(sources)
    .map(([path, text]): [string, string] => [path.replace('./fixtures', ''), text])
    .sort(([a], [b]) => depth(a) - depth(b) || a.localeCompare(b)),
)

export { packageFiles }

export const mainFile = '/app/index.js'

/** All of it, as `createLoader({ fs })` takes it. */
export function allFiles(): Record<string, string> {
  return { ...packageFiles, ...Object.fromEntries(programFiles) }
}

export function isEditable(path: string): boolean {
  return programFiles.has(path)
}

export function textOf(path: string): string {
  return programFiles.get(path) ?? packageFiles[path] ?? ''
}

/** Package name to the paths of its files. */
export function packagePaths(): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const path of Object.keys(packageFiles)) {
    const [, name = ''] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
    groups.set(name, [...(groups.get(name) ?? []), path])
  }
  return groups
}

function depth(path: string): number {
  return path.split('/').length
}
