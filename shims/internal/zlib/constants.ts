/** What of zlib's constants the code reads by name; all of them are in `builtin-names.ts`. */

export const Flush = { none: 0, partial: 1, sync: 2, full: 3, finish: 4, block: 5 } as const

export const Mode = {
  deflate: 1,
  inflate: 2,
  gzip: 3,
  gunzip: 4,
  deflateRaw: 5,
  inflateRaw: 6,
  unzip: 7,
} as const

/** Return codes and their names, which are the codes of errors. */
export const Result = { ok: 0, streamEnd: 1, needDictionary: 2, dataError: -3, bufferError: -5 }

export const resultNames: Readonly<Record<number, string>> = {
  [Result.ok]: 'Z_OK',
  [Result.streamEnd]: 'Z_STREAM_END',
  [Result.needDictionary]: 'Z_NEED_DICT',
  [-1]: 'Z_ERRNO',
  [-2]: 'Z_STREAM_ERROR',
  [Result.dataError]: 'Z_DATA_ERROR',
  [-4]: 'Z_MEM_ERROR',
  [Result.bufferError]: 'Z_BUF_ERROR',
  [-6]: 'Z_VERSION_ERROR',
}
