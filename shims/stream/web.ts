// https://nodejs.org/docs/latest-v26.x/api/webstreams.html

import type { Shim } from '../../src/seams.ts'
import { defineLate } from '../internal/late.ts'
import { notImplemented } from '../not-implemented.ts'

const names = [
  'ReadableStream',
  'ReadableStreamTee',
  'ReadableStreamDefaultReader',
  'ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest',
  'ReadableByteStreamController',
  'ReadableStreamDefaultController',
  'TransformStream',
  'TransformStreamDefaultController',
  'WritableStream',
  'WritableStreamDefaultWriter',
  'WritableStreamDefaultController',
  'ByteLengthQueuingStrategy',
  'CountQueuingStrategy',
  'TextEncoderStream',
  'TextDecoderStream',
  'CompressionStream',
  'DecompressionStream',
]

/** The guest's own classes, which are the host's; what a host lacks throws when it is used. */
const createWebStreams: Shim = (context) => {
  const exports = {}
  for (const name of names) {
    // Not before it is read: globals may be made after builtins.
    const length = name === 'ReadableStreamTee' ? 1 : 0
    defineLate(exports, name, () => context.global[name] ?? notImplemented(context, name, length))
  }
  return exports
}

export default createWebStreams
