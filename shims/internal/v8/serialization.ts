/** The classes behind `v8.serialize` and `v8.deserialize`, which know how node passes views of buffers. */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'
import { shapeMembers } from '../names.ts'
import { createDeserializer } from './deserializer.ts'
import { createSerializer } from './serializer.ts'

/** By the number that stands for them; that between the floats and the big integers is a `Buffer`. */
const views =
  'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array ' +
  'DataView Buffer BigInt64Array BigUint64Array Float16Array'

export function createSerialization(context: ShimContext): Record<string, Loose> {
  const { Buffer } = context.require('buffer')
  const global = context.global as Loose
  const names = views.split(' ')
  const Serializer = createSerializer(context)
  const Deserializer = createDeserializer(context)

  class DefaultSerializer extends Serializer {
    constructor() {
      super()
      this._setTreatArrayBufferViewsAsHostObjects(true)
    }

    _writeHostObject(view: Loose): void {
      const isBuffer = view.constructor === Buffer
      this.writeUint32(
        names.indexOf(isBuffer ? 'Buffer' : (view[Symbol.toStringTag] ?? 'DataView')),
      )
      this.writeUint32(view.byteLength)
      this.writeRawBytes(view)
    }
  }

  class DefaultDeserializer extends Deserializer {
    _readHostObject(): unknown {
      const name = names[this.readUint32()]
      const length = this.readUint32()
      const start = this.buffer.byteOffset + this._readRawBytes(length)
      const memory: ArrayBuffer = this.buffer.buffer
      if (name === 'Buffer') return Buffer.from(memory, start, length)
      const View = global[name ?? '']
      const width: number = View.BYTES_PER_ELEMENT ?? 1
      return start % width === 0
        ? new View(memory, start, length / width)
        : new View(memory.slice(start, start + length))
    }
  }

  // As node makes them, members of the first two are seen by `for … in`.
  for (const { prototype } of [Serializer, Deserializer]) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (name !== 'constructor') Object.defineProperty(prototype, name, { enumerable: true })
    }
  }

  const written =
    '_setTreatArrayBufferViewsAsHostObjects/0 writeDouble/0 writeRawBytes/0 writeUint32/0 writeUint64/0 writeValue/0'
  shapeMembers(Serializer.prototype, `${written} transferArrayBuffer/0`)
  shapeMembers(Deserializer.prototype, '_readRawBytes/0 transferArrayBuffer/0')
  return {
    Serializer,
    Deserializer,
    DefaultSerializer,
    DefaultDeserializer,
    serialize(value: unknown): Loose {
      const serializer = new DefaultSerializer()
      serializer.writeHeader()
      serializer.writeValue(value)
      return serializer.releaseBuffer()
    },
    deserialize(buffer: unknown): unknown {
      const deserializer = new (DefaultDeserializer as Loose)(buffer)
      deserializer.readHeader()
      return deserializer.readValue()
    },
  }
}
