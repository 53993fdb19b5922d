/** `import.meta`. https://nodejs.org/api/esm.html#importmeta */
import { dirname } from '../path.ts'
import { locationOf } from './location.ts'

export function createMeta(
  url: string,
  isMain: boolean,
  resolve: (specifier: string, parentUrl: string) => string,
): object {
  const location = locationOf(url)
  const meta = Object.create(null)
  if (location.kind === 'file') {
    meta.dirname = dirname(location.filename)
    meta.filename = location.filename
  }
  meta.main = isMain
  const own = {
    resolve(specifier: string): string {
      try {
        return resolve(`${specifier}`, url)
      } catch (error) {
        const { url: wanted } = error as { url?: unknown }
        if (typeof wanted === 'string') return wanted
        throw error
      }
    },
  }
  meta.resolve = own.resolve
  meta.url = url
  return meta
}
