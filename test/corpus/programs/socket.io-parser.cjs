require('./report.cjs')({
  encoded() {
    const { Encoder, PacketType } = require('socket.io-parser')
    const encoder = new Encoder()
    return [
      encoder.encode({ type: PacketType.EVENT, nsp: '/room', id: 7, data: ['a', { b: [1] }] }),
      encoder
        .encode({ type: PacketType.EVENT, nsp: '/', data: ['file', Buffer.from([1, 2])] })
        .map(String),
      encoder.encode({ type: PacketType.CONNECT, nsp: '/', data: { token: 't' } }),
    ]
  },
  decoded() {
    const { Decoder } = require('socket.io-parser')
    const decoder = new Decoder()
    const packets = []
    decoder.on('decoded', (packet) => packets.push(packet))
    decoder.add('2/room,7["a",{"b":[1]}]')
    decoder.add('51-["file",{"_placeholder":true,"num":0}]')
    decoder.add(Buffer.from([3, 4]))
    return packets
  },
  binary() {
    const {
      hasBinary,
      isBinary,
    } = require('../node_modules/socket.io-parser/build/cjs/is-binary.js')
    return [
      hasBinary({ a: [{ b: new Uint8Array(1) }] }),
      hasBinary([1]),
      isBinary(new ArrayBuffer(1)),
    ]
  },
  failing() {
    const { Decoder } = require('socket.io-parser')
    new Decoder().add('9["a"]')
  },
  unexpected() {
    const { Decoder } = require('socket.io-parser')
    new Decoder().add(5)
  },
})
