import type { Digest } from './digests.ts'

/** A digest under way. */
export class Hasher {
  readonly digest: Digest
  #state: Uint32Array
  #block: Uint8Array
  #filled = 0
  #length = 0

  constructor(digest: Digest) {
    this.digest = digest
    this.#state = Uint32Array.from(digest.initial)
    this.#block = new Uint8Array(digest.blockSize)
  }

  update(bytes: Uint8Array): this {
    const { blockSize } = this.digest
    this.#length += bytes.length
    for (let at = 0; at < bytes.length; ) {
      const take = Math.min(blockSize - this.#filled, bytes.length - at)
      this.#block.set(bytes.subarray(at, at + take), this.#filled)
      this.#filled += take
      at += take
      if (this.#filled === blockSize) this.#compress()
    }
    return this
  }

  #compress(): void {
    this.digest.compress(this.#state, new DataView(this.#block.buffer))
    this.#filled = 0
  }

  copy(): Hasher {
    const copy = new Hasher(this.digest)
    copy.#state.set(this.#state)
    copy.#block.set(this.#block)
    copy.#filled = this.#filled
    copy.#length = this.#length
    return copy
  }

  /** Ends it: pads with a bit and the length, and writes the state out. */
  finish(): Uint8Array {
    const { blockSize, outputSize, littleEndian = false } = this.digest
    const lengthSize = blockSize / 8
    const bits = this.#length * 8
    this.#block[this.#filled++] = 0x80
    this.#block.fill(0, this.#filled)
    if (this.#filled > blockSize - lengthSize) {
      this.#compress()
      this.#block.fill(0)
    }
    const view = new DataView(this.#block.buffer)
    const [high, low] = [Math.floor(bits / 2 ** 32), bits >>> 0]
    view.setUint32(blockSize - 8, littleEndian ? low : high, littleEndian)
    view.setUint32(blockSize - 4, littleEndian ? high : low, littleEndian)
    this.#compress()
    const output = new DataView(new ArrayBuffer(this.#state.length * 4))
    for (const [index, word] of this.#state.entries()) {
      output.setUint32(index * 4, word, littleEndian)
    }
    return new Uint8Array(output.buffer, 0, outputSize)
  }
}

/** https://www.rfc-editor.org/rfc/rfc2104 */
export class Hmac {
  readonly #inner: Hasher
  readonly #outer: Hasher

  constructor(digest: Digest, key: Uint8Array) {
    const short = key.length > digest.blockSize ? new Hasher(digest).update(key).finish() : key
    const padded = new Uint8Array(digest.blockSize)
    padded.set(short)
    this.#inner = new Hasher(digest).update(padded.map((byte) => byte ^ 0x36))
    this.#outer = new Hasher(digest).update(padded.map((byte) => byte ^ 0x5c))
  }

  update(bytes: Uint8Array): this {
    this.#inner.update(bytes)
    return this
  }

  finish(): Uint8Array {
    return this.#outer.update(this.#inner.finish()).finish()
  }
}
