/** Keeps programs in IndexedDB: one record per changed file, so that a keystroke writes one file. */
import type { Contents } from '../files/contents.ts'
import type { Edits } from '../files/workspace.ts'
import type { Settings } from '../run/settings.ts'

/** What is kept of a program beside its files. */
export interface Saved {
  readonly settings: Settings
  /** The file that the editor showed. */
  readonly opened: string
  /** Of a program that came by a link: the link's part behind `#`. */
  readonly link?: string | undefined
}

export interface Database {
  /** Whether what is written is still there when the page is opened again. */
  readonly isLasting: boolean
  /** The program that was open last. */
  last(): Promise<string | undefined>
  read(program: string): Promise<{ saved: Saved; changes: Edits } | undefined>
  /** @param changed contents that differ from the sample's, and `undefined` for those that do no longer */
  write(
    program: string,
    saved: Saved,
    changed: ReadonlyMap<string, Contents | null | undefined>,
  ): Promise<void>
  forget(program: string): Promise<void>
  /** All that are kept, by link. */
  links(): Promise<{ program: string; link: string }[]>
}

const name = 'lodger-playground'

/** @throws where the browser gives no storage: in private windows, in sandboxed frames */
export async function openDatabase(): Promise<Database> {
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('programs')
    opening.result.createObjectStore('files')
  }
  const database = await settled(opening)
  const begin = (mode: IDBTransactionMode) => {
    const transaction = database.transaction(['programs', 'files'], mode)
    return {
      programs: transaction.objectStore('programs'),
      files: transaction.objectStore('files'),
      done: new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onerror = transaction.onabort = () => reject(transaction.error)
      }),
    }
  }

  return {
    isLasting: true,
    last: () => settled(begin('readonly').programs.get('last')),
    async read(program) {
      const { programs, files } = begin('readonly')
      const [saved, keys, values] = await Promise.all([
        settled<Saved | undefined>(programs.get(`program ${program}`)),
        settled(files.getAllKeys(within(program))),
        settled<(Contents | null)[]>(files.getAll(within(program))),
      ])
      if (saved === undefined) return undefined
      const paths = keys.map((key) => String(key).slice(program.length + 1))
      return { saved, changes: new Map(paths.map((path, index) => [path, values[index] ?? null])) }
    },
    write(program, saved, changed) {
      const { programs, files, done } = begin('readwrite')
      programs.put(saved, `program ${program}`)
      programs.put(program, 'last')
      for (const [path, contents] of changed) {
        if (contents === undefined) files.delete(`${program}\n${path}`)
        else files.put(contents, `${program}\n${path}`)
      }
      return done
    },
    forget(program) {
      const { programs, files, done } = begin('readwrite')
      programs.delete(`program ${program}`)
      files.delete(within(program))
      return done
    },
    async links() {
      const { programs } = begin('readonly')
      const [keys, values] = await Promise.all([
        settled(programs.getAllKeys()),
        settled<(Saved | string)[]>(programs.getAll()),
      ])
      return keys.flatMap((key, index) => {
        const saved = values[index]
        const link = typeof saved === 'object' ? saved.link : undefined
        return link === undefined ? [] : [{ program: String(key).slice('program '.length), link }]
      })
    },
  }
}

/** Keys are the program's id, a line feed and the path. */
function within(program: string): IDBKeyRange {
  return IDBKeyRange.bound(`${program}\n`, `${program}\n\uffff`)
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
