// https://nodejs.org/docs/latest-v26.x/api/webstreams.html

import type { Shim } from '../../src/seams.ts'
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
    const absent = notImplemented(context, name)
    Object.defineProperty(exports, name, {
      get: () => context.global[name] ?? absent,
      enumerable: true,
      configurable: true,
    })
  }
  return exports
}

export default createWebStreams
