const payload = { sub: 'me', iat: 1_700_000_000, roles: ['a'] }

require('./report.cjs')({
  signed() {
    const { sign, verify, decode } = require('jsonwebtoken')
    const token = sign(payload, 'secret', { audience: 'here', expiresIn: '10y', keyid: 'k' })
    return [
      token,
      verify(token, 'secret', { audience: 'here', clockTimestamp: 1_700_000_100 }),
      decode(token, { complete: true }).header,
      sign(payload, 'secret', { algorithm: 'HS512', noTimestamp: true }),
    ]
  },
  parts() {
    const jws = require('jws')
    const timespan = require('jsonwebtoken/lib/timespan')
    return [timespan('2 days', 100), timespan(5, 100), jws.decode('a.b.c'), jws.ALGORITHMS]
  },
  expired() {
    const { sign, verify } = require('jsonwebtoken')
    const token = sign({ ...payload, exp: 1_700_000_001 }, 'secret')
    return verify(token, 'secret')
  },
  failing() {
    const { sign, verify } = require('jsonwebtoken')
    return verify(sign(payload, 'secret'), 'another')
  },
  none: () => require('jsonwebtoken').sign(payload, ''),
})
