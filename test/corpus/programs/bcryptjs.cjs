const salt = '$2b$04$abcdefghijklmnopqrstuu'

require('./report.cjs')({
  hashed() {
    const { hashSync, getRounds, getSalt } = require('bcryptjs')
    const hash = hashSync('päss', salt)
    return [hash, getRounds(hash), getSalt(hash)]
  },
  async compared() {
    const { compare, compareSync, hash } = require('bcryptjs')
    const made = await hash('word', salt)
    return [made, await compare('word', made), compareSync('other', made)]
  },
  random() {
    const { genSaltSync, truncates } = require('bcryptjs')
    return [genSaltSync(4).slice(0, 7), genSaltSync(4).length, truncates('a'.repeat(73))]
  },
  base64() {
    const { encodeBase64, decodeBase64 } = require('bcryptjs')
    return [encodeBase64([1, 2, 3, 4], 4), decodeBase64('.O', 1)]
  },
  failing: () => require('bcryptjs').hashSync('word', 'no salt'),
})
