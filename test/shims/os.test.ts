import { expect, test } from 'vitest'
import { builtinsOf, likeNode } from './like-node.ts'

likeNode('os, constants and punycode', {
  constants: `
    const os = require('node:os')
    return [Object.keys(os).sort(), os.constants, os.EOL, os.devNull, os.type(), os.arch(), os.platform(), os.machine(), os.endianness(), \`\${os.type}\`, caught(() => os.getPriority('x')), caught(() => os.setPriority(0, 20)), caught(() => os.getPriority(-1)).code]`,
  'the old constants': `const { defaultCipherList, ...rest } = require('constants'); return rest`,
  punycode: `
    const p = require('punycode')
    return [p.toASCII('mañana.com'), p.toUnicode('xn--maana-pta.com'), p.encode('☃-⌘'), p.decode('--dqo34k'), p.ucs2.decode('𝌆a'), p.ucs2.encode([0x1d306]), p.version, Object.keys(p).sort()]`,
  'punycode warns however few frames stacks have': `
    const limit = Error.stackTraceLimit, warned = new Promise((resolve) => process.once('warning', (w) => resolve(w.code)))
    Error.stackTraceLimit = 1;
    require('punycode')
    const after = Error.stackTraceLimit; Error.stackTraceLimit = limit
    return [await warned, after]`,
})

test('follows the environment', () => {
  const require = builtinsOf()
  const os = require('node:os')
  Object.assign(require('node:process').env, { TMPDIR: '/t/', HOME: '/h' })
  expect([os.tmpdir(), os.homedir(), os.userInfo().homedir]).toEqual(['/t', '/h', '/h'])
})
