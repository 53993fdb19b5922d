/** Archives in and out. The zip library is fetched when the first one is opened or made. */
import { bytesOf, type Contents, formatSize } from './contents.ts'
import { readTar } from './tar.ts'

/** Paths as the archive names them, to bytes. */
export type Unpacked = Map<string, Uint8Array>

/** More than that would freeze the page, and is most likely a mistake. */
export const mostBytes = 100_000_000
const mostFiles = 20_000

export function isArchive(name: string): boolean {
  return /\.(zip|tgz|tar\.gz|tar)$/i.test(name)
}

/** @throws an error that says what is wrong with the archive */
export async function unpack(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Unpacked> {
  const entries = /\.zip$/i.test(name) ? await unzip(bytes) : await untar(name, bytes)
  const files: Unpacked = new Map()
  for (const [path, contents] of entries) files.set(safePath(path), contents)
  if (files.size === 0) throw new Error('There is no file in it.')
  if (files.size > mostFiles) throw new Error(`It has ${files.size} files, more than ${mostFiles}.`)
  return files
}

/** @param files paths to contents; the paths become those in the archive */
export async function pack(files: ReadonlyMap<string, Contents>): Promise<Uint8Array<ArrayBuffer>> {
  const { zipSync } = await import('fflate')
  const entries = [...files].map(([path, contents]) => [path, bytesOf(contents)])
  return zipSync(Object.fromEntries(entries)) as Uint8Array<ArrayBuffer>
}

async function unzip(bytes: Uint8Array): Promise<[string, Uint8Array][]> {
  const { unzipSync } = await import('fflate')
  let total = 0
  try {
    const entries = unzipSync(bytes, {
      filter({ name, originalSize }) {
        total += originalSize
        if (total > mostBytes) throw tooLarge()
        return !name.endsWith('/')
      },
    })
    return Object.entries(entries)
  } catch (error) {
    if (total > mostBytes) throw error
    throw new Error('This is not a zip archive, or it is damaged.')
  }
}

async function untar(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<[string, Uint8Array][]> {
  const archive = /\.tar$/i.test(name) ? bytes : await gunzip(bytes)
  return readTar(archive).map((file) => [file.name, file.bytes])
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  const chunks: Uint8Array[] = []
  let total = 0
  try {
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      total += value.length
      if (total > mostBytes) break
    }
  } catch {
    throw new Error('It is not compressed with gzip, or it is damaged.')
  }
  if (total > mostBytes) throw tooLarge()
  const whole = new Uint8Array(total)
  let end = 0
  for (const chunk of chunks) {
    whole.set(chunk, end)
    end += chunk.length
  }
  return whole
}

function tooLarge(): Error {
  return new Error(`Unpacked it is larger than ${formatSize(mostBytes)}.`)
}

/** An archive may name any place; its files go below the folder into which it is unpacked, or not at all. */
function safePath(name: string): string {
  const parts = name.split(/[/\\]/).filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw new Error(`It names a file outside of itself: ${name}`)
  return parts.join('/')
}
