/** A transpile cache that outlives the page: read whole from IndexedDB at the start, written behind. */
import { createError } from '../../errors.ts'
import type { TranspileCache } from '../../seams.ts'
import { type MemoryCacheOptions, memoryCache } from '../../transpile/cache-memory.ts'

export interface IndexedDBCache extends TranspileCache {
  /** Resolves when all that was added or cleared until now is so in the database, or has failed to be. */
  settled(): Promise<void>
  /** Lets the database go; what is added from now on lasts as long as the page. */
  close(): void
}

/** A record of the database. */
interface Stored {
  readonly key: string
  readonly text: string
  /** In milliseconds since the epoch. */
  readonly added: number
}

const storeName = 'entries'

/**
 * Opens the cache, in a page or a worker. As `require` cannot wait for a database, all of it is held in memory; beyond
 * `maxBytes` the oldest entries go, from the database when it is opened next. Where there is no database to be had it
 * is a cache in memory. Pages of one origin share the database: each finds what was there when it was opened.
 * @throws ERR_INVALID_ARG_TYPE or ERR_INVALID_ARG_VALUE
 */
export async function indexedDBCache(
  name = 'lodger-transpile',
  options: MemoryCacheOptions = {},
): Promise<IndexedDBCache> {
  if (typeof name !== 'string') throw createError('ERR_INVALID_ARG_TYPE', 'name', 'string', name)
  const memory = memoryCache(options)
  let database: IDBDatabase | undefined
  try {
    database = await open(name)
    await readInto(memory, database)
  } catch {
    // Private windows, opaque origins and full disks have none, and no load is to fail for it.
    database?.close()
    database = undefined
  }
  return new DatabaseCache(memory, database)
}

class DatabaseCache implements IndexedDBCache {
  readonly #memory: TranspileCache
  #database: IDBDatabase | undefined

  constructor(memory: TranspileCache, database: IDBDatabase | undefined) {
    this.#memory = memory
    this.#database = database
    // Somebody wants to delete the database, and would have to wait.
    database?.addEventListener('versionchange', () => this.close())
  }

  get(key: string): string | undefined {
    return this.#memory.get(key)
  }

  add(key: string, text: string): void {
    this.addAsync(key, text).catch(() => {})
  }

  async addAsync(key: string, text: string): Promise<void> {
    this.#memory.add(key, text)
    const record: Stored = { key, text, added: Date.now() }
    await this.#write((store) => store.put(record))
  }

  clear(): void {
    this.#memory.clear()
    this.#write((store) => store.clear()).catch(() => {})
  }

  settled(): Promise<void> {
    // Transactions that write come one after another.
    return this.#write((store) => store.count()).catch(() => {})
  }

  close(): void {
    this.#database?.close()
    this.#database = undefined
  }

  async #write(action: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    if (this.#database) await transact(this.#database, action)
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(storeName, { keyPath: 'key' }).createIndex('added', 'added')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** The oldest first, as the memory lets go what came first; what it has no room for is deleted. */
async function readInto(memory: TranspileCache, database: IDBDatabase): Promise<void> {
  const records: Stored[] = await transact(database, (store) => store.index('added').getAll())
  for (const { key, text } of records) if (typeof text === 'string') memory.add(key, text)
  const unheld = records.filter(({ key }) => memory.get(key) === undefined)
  await Promise.all(unheld.map(({ key }) => transact(database, (store) => store.delete(key))))
}

/** @returns what the request gives, once it is stored */
function transact<Result>(
  database: IDBDatabase,
  action: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(storeName, 'readwrite', { durability: 'relaxed' })
    const request = action(transaction.objectStore(storeName))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error)
  })
}
