/** Reads tar archives: ustar, with the long names of pax and GNU. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */

export interface TarFile {
  readonly name: string
  readonly bytes: Uint8Array
}

const block = 512

/** @throws an error when the bytes are no tar archive, or end too early */
export function readTar(archive: Uint8Array): TarFile[] {
  const files: TarFile[] = []
  let longName: string | undefined
  for (let start = 0; start + block <= archive.length && archive[start] !== 0; ) {
    const header = archive.subarray(start, start + block)
    checkSum(header)
    const size = octal(header, 124, 12)
    const body = archive.subarray(start + block, start + block + size)
    if (body.length < size)
      throw new Error('The archive is cut off: its last file is not complete.')
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === 'x') longName = paxPath(body) ?? longName
    else if (type === 'L') longName = text(body, 0, size)
    else {
      if (type === '0' || type === '\0')
        files.push({ name: longName ?? nameIn(header), bytes: body })
      if (type !== 'g') longName = undefined
    }
    start += block + Math.ceil(size / block) * block
  }
  return files
}

function nameIn(header: Uint8Array): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : ''
  const name = text(header, 0, 100)
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Records are `length key=value\n`. */
function paxPath(body: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text(body, 0, body.length))?.[1]
}

function text(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end))
}

function octal(bytes: Uint8Array, start: number, length: number): number {
  return Number.parseInt(text(bytes, start, length).trim() || '0', 8)
}

/** The sum of the header's bytes, its own field counted as blanks. */
function checkSum(header: Uint8Array): void {
  const expected = octal(header, 148, 8)
  const sum = header.reduce(
    (all, byte, index) => all + (index >= 148 && index < 156 ? 32 : byte),
    0,
  )
  if (sum !== expected) throw new Error('This is not a tar archive.')
}
