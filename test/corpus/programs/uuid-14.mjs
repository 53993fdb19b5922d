import { parse, stringify, v1ToV6, v4, v5, v6ToV1, v7, validate, version } from 'uuid-14'

const id = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
const random = Uint8Array.from({ length: 16 }, (_, index) => index * 3)

export const made = () => [
  v4({ random }),
  v7({ random, msecs: 1_700_000_000_000, seq: 5 }),
  v5('name', id),
]
export const looked = () => [
  [...parse(id)],
  stringify(Uint8Array.from(random.with(6, 0x40).with(8, 0x80))),
  v6ToV1(v1ToV6(id)),
  validate('no'),
  version(id),
]
export const failing = () => parse('no')
export const hidden = () => import('uuid-14/dist/parse.js')
