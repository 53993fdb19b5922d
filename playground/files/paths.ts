/** Paths of the volume, as the tree shows them and people type them. */

/** Where programs live. */
export const home = '/app'

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

export function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}

/** Whether a path is that folder or below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
}

/** Whether it can be run, or ask for others. */
export function isScript(path: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx)$/.test(path) && !/\.d\.[cm]?ts$/.test(path)
}

/** `lib/bill.js` for what lies below /app, the whole path elsewhere. */
export function shortPath(path: string): string {
  return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path
}

/**
 * What somebody typed as an absolute path; relative ones count from /app.
 * @throws an error that says what is wrong with it
 */
export function readPath(typed: string): string {
  const trimmed = typed.trim()
  if (trimmed === '') throw new Error('Type a name, such as lib/greet.js.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x1f\\]/.test(trimmed)) {
    throw new Error('A name cannot have a backslash or a control character in it.')
  }
  const parts: string[] = trimmed.startsWith('/') ? [] : home.slice(1).split('/')
  for (const part of trimmed.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) throw new Error(`${trimmed} leads out of the file system.`)
  }
  if (parts.length === 0) throw new Error('That is the root folder, which is there already.')
  return `/${parts.join('/')}`
}
