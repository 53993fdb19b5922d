/** What a file holds: text wherever it can be read as text, because that is what the editor, links and people want. */
export type Contents = string | Uint8Array

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as text, if they are UTF-8 without a NUL. */
export function contentsOf(bytes: Uint8Array): Contents {
  if (bytes.subarray(0, 8000).includes(0)) return bytes
  try {
    return decoder.decode(bytes)
  } catch {
    return bytes
  }
}

export function bytesOf(contents: Contents): Uint8Array<ArrayBuffer> {
  return typeof contents === 'string'
    ? new TextEncoder().encode(contents)
    : (contents as Uint8Array<ArrayBuffer>)
}

/** In bytes for what is no text, in characters for what is: near enough to be shown. */
export function sizeOf(contents: Contents): number {
  return contents.length
}

/** `1.2 MB` */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

export function isSame(one: Contents | null, other: Contents | null): boolean {
  if (one === other) return true
  if (!(one instanceof Uint8Array) || !(other instanceof Uint8Array)) return false
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
