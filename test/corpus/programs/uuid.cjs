const id = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
const random = Uint8Array.from({ length: 16 }, (_, index) => index * 3)

require('./report.cjs')({
  made() {
    const { v4, v7 } = require('uuid')
    return [v4({ random }), v7({ random, msecs: 1_700_000_000_000, seq: 5 })]
  },
  looked() {
    const { parse, stringify, v1ToV6, v6ToV1, validate, version } = require('uuid')
    return [[...parse(id)], stringify(random), v6ToV1(v1ToV6(id)), validate('no'), version(id)]
  },
  failing: () => require('uuid').parse('no'),
  hidden: () => require('uuid/dist/cjs/parse.js'),
})
