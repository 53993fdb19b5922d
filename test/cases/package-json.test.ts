import { oracle } from '../oracle/suite.ts'
import type { Contents, Tree } from '../oracle/types.ts'

/**
 * Node reads package.json with simdjson "on demand", which looks only at what it is asked for: it refuses less than
 * JSON.parse, and sometimes more. Each text is tried in a package of its own, in every way in which node reads one.
 */
function tries(texts: readonly Contents[]): { tree: Tree; program: string } {
  const tree: Record<string, Contents> = {}
  for (const [index, text] of texts.entries()) {
    const place = `t${index}/node_modules/p`
    tree[`${place}/package.json`] = text
    for (const name of ['index', 'm', 'n', 'q']) {
      tree[`${place}/${name}.js`] = `module.exports = '${name}'`
    }
  }
  const program = `const { createRequire, _readPackage } = require('module')
    module.exports = Array.from({ length: ${texts.length} }, (_, index) => {
      const dir = __dirname + '/t' + index
      const from = (file) => createRequire(dir + '/' + file)
      return [index,
        attempt(() => _readPackage(dir + '/node_modules/p')),
        attempt(() => from('x.js')('p')),
        attempt(() => from('x.js')('./node_modules/p/')),
        attempt(() => from('x.js')('./node_modules/p/q')),
        attempt(() => from('node_modules/p/z.js')('p')),
        attempt(() => from('node_modules/p/z.js')('#a')),
      ]
    })`
  return { tree, program }
}

const bytes = (...parts: Array<string | number>) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part)])),
  )

oracle('broken package.json', [
  {
    name: 'R18 texts that are no object, or none at all',
    ...tries([
      '',
      ' \n\t ',
      'null',
      'true',
      '1',
      '"x"',
      '[]',
      '[{"main":"m.js"}]',
      'undefined',
      '{',
      '}',
      '{]',
      '[}',
      '{{',
      '#!x\n{"main":"m.js"}',
    ]),
    shows: 'Invalid package config /case/t0/node_modules/p/package.json.',
  },
  {
    name: 'R18 X1 byte order marks and white space',
    ...tries([
      '\ufeff{"main":"m.js"}',
      '\ufeff',
      '\ufeff\ufeff{"main":"m.js"}',
      ' \ufeff{"main":"m.js"}',
      ' \n {"main":"m.js"} \r\n\t',
      '\u00a0{"main":"m.js"}',
      '\v{"main":"m.js"}',
      '{"main":"m.js"}\u00a0',
      '{\r\n"main"\r\n:\r\n"m.js"\r\n}',
      '{"main":"m.js"}\0',
    ]),
    shows: '"m"',
  },
  {
    name: 'R18 commas, colons, comments and quotes among the members of the root are refused',
    ...tries([
      '{"main":"m.js",}',
      '{,"main":"m.js"}',
      '{"a":1,,"main":"m.js"}',
      '{"a":1 "main":"m.js"}',
      '{"main" "m.js"}',
      '{"main"::"m.js"}',
      '{"main":}',
      '{"main":,"name":"p"}',
      '{"main":"m.js" // hi\n}',
      '// hi\n{"main":"m.js"}',
      '{ /* c */ "main":"m.js"}',
      "{'main':'m.js'}",
      '{main:"m.js"}',
      '{1:1,"main":"m.js"}',
      '{"main":"m.js",a:1}',
      '{"a":1 2,"main":"m.js"}',
    ]),
    shows: 'ERR_INVALID_PACKAGE_CONFIG',
  },
  {
    name: 'R18 values that nobody asks for may be anything of one token, or balanced brackets',
    ...tries([
      '{"x":{"a":1,},"main":"m.js"}',
      '{"x":[1,],"main":"m.js"}',
      '{"a":\'q\',"main":"m.js"}',
      '{"a":nope,"main":"m.js"}',
      '{"a":undefined,"main":"m.js"}',
      '{"a":01,"main":"m.js"}',
      '{"a":+1,"main":"m.js"}',
      '{"a":.5,"main":"m.js"}',
      '{"a":0x10,"main":"m.js"}',
      '{"a":-,"main":"m.js"}',
      '{"a":"\\x","main":"m.js"}',
      '{"\\x":1,"main":"m.js"}',
      '{"x":[1},"main":"m.js"}',
      '{"x":{"a":1],"main":"m.js"}',
      '{"a":[nope 1 2 : 3],"main":"m.js"}',
      '{"a":{1 2 "x" : : ,},"main":"m.js"}',
      '{"a":{/* c */},"main":"m.js"}',
    ]),
    shows: '"m"',
  },
  {
    name: 'R18 brackets that do not balance, strings that do not end',
    ...tries([
      '{"main":"m.js"',
      '{"main":"m.js",',
      '{"main":"m.js"]',
      '{"main":"m.js}',
      '{"main":"m.js","x":{',
      '{"main":"m.js","x":{}',
      '{"x":{"a":1,"main":"m.js"}',
      '{"x":[1,"main":"m.js"}',
      '{"x":[1]],"main":"m.js"}',
      '{"a":foo bar,"main":"m.js"}',
      '{"a":"b":"c","main":"m.js"}',
      '{"a":"b" "c","main":"m.js"}',
    ]),
    shows: 'ERR_INVALID_PACKAGE_CONFIG',
  },
  {
    name: 'R18 what follows the root is not looked at, if the text ends with a brace',
    ...tries([
      '{"main":"m.js"} garbage',
      '{"main":"m.js"} garbage }',
      '{"main":"m.js"}}',
      '{"main":"m.js"}{"main":"n.js"}',
      '{"main":"m.js"}\n{"main":"n.js"}\n',
      '{"main":"m.js"},{}',
      '{"main":"m.js"}]',
      '{}{"main":"m.js"}',
      '{}}',
      '{"main":"m.js"}"',
      '{"main":"m.js"} "x"}',
      '{"main":"m.js"} /* x */',
      '{"main":"m.js"} /* x */ {}',
    ]),
    shows: '"m"',
  },
  {
    name: 'R18 control characters, bytes that are no UTF-8, other encodings',
    ...tries([
      '{"a":"x\ny","main":"m.js"}',
      '{"a":"x\ty","main":"m.js"}',
      '{"a":"x\0y","main":"m.js"}',
      '{"a\x1f":1,"main":"m.js"}',
      '{"a":"x\x7fy","main":"m.js"}',
      '{"a":"x\u2028y","main":"m.js"}',
      bytes('{"x":"', 0xff, '","main":"m.js"}'),
      bytes('{"main":"', 0xff, '.js"}'),
      bytes('{"x":"', 0xed, 0xa0, 0x80, '","main":"m.js"}'),
      bytes('{"x":"', 0xc0, 0xaf, '","main":"m.js"}'),
      bytes('{"main":"m.js"}', 0xff),
      bytes('{"main":"m.js"} ', 0xe2, 0x82),
      Uint8Array.from(Buffer.from('\ufeff{"main":"m.js"}', 'utf16le')),
    ]),
    shows: ['ERR_INVALID_PACKAGE_CONFIG', '"m"'],
  },
  {
    name: 'R18 escapes in strings that matter, and in keys',
    ...tries([
      '{"main":"m\\u002ejs"}',
      '{"main":".\\/m.js"}',
      '{"m\\u0061in":"m.js"}',
      '{"n\\u0061me":"p","main":"m.js"}',
      '{"main":"\\x.js","name":"p"}',
      '{"main":"m.js","name":"\\x"}',
      '{"main":"\\u00zz.js","name":"p"}',
      '{"main":"m.js","type":"\\x"}',
      '{"main":"m.js","exports":"\\x"}',
      '{"main":"\\ud800.js","name":"p"}',
      '{"name":"\\ud800","main":"m.js"}',
      '{"x":"\\ud800","main":"m.js"}',
      '{"main":"m.js","exports":"./\\ud800.js"}',
      '{"name":"\\ud83d\\ude00","main":"m.js"}',
      '{"type":"commonj\\u0073"}',
      '{"main":"m.js","exports":{"\\u002e":"./n.js"}}',
      '{"name":"p\\u0000"}',
    ]),
    shows: ['"m"', '😀'],
  },
  {
    name: 'R18 the types of name and type: anything but a string breaks the file',
    ...tries([
      ...['null', 'true', '0', '-1.5', '[]', '{}', '["p"]', 'nope', '01', '""', '"p"'].flatMap(
        (value) => [`{"name":${value},"main":"m.js"}`, `{"main":"m.js","type":${value}}`],
      ),
    ]),
    shows: ['ERR_INVALID_PACKAGE_CONFIG', '"m"'],
  },
  {
    name: 'R18 the types of main: anything but a string is nothing',
    ...tries(
      [
        'null',
        'true',
        '0',
        '-1.5',
        '[]',
        '{}',
        '["m.js"]',
        '{"a":"m.js"}',
        'nope',
        '01',
        "'m.js'",
        '[}',
        '""',
      ].map((value) => `{"main":${value},"name":"p"}`),
    ),
    shows: '"index"',
  },
  {
    name: 'R18 the types of exports and imports: objects, arrays and strings count, the rest is nothing',
    ...tries([
      ...['null', 'true', '0', '""', '"x"', '[]', '{}', '["./m.js"]', 'nope', '01'].flatMap(
        (value) => [`{"exports":${value},"main":"n.js"}`, `{"imports":${value},"main":"n.js"}`],
      ),
    ]),
    shows: ['"n"', 'ERR_PACKAGE_IMPORT_NOT_DEFINED'],
  },
  {
    name: 'R18 exports and imports are parsed when asked for, by JSON.parse, and its error has no file',
    ...tries([
      '{"main":"m.js","exports":{".":"\\x"}}',
      '{"main":"m.js","imports":{"#x":"\\x"}}',
      '{"main":"m.js","exports":{".":nope}}',
      '{"main":"m.js","exports":{".":"./m.js",}}',
      '{"main":"m.js","imports":{"#x":"./m.js",}}',
      '{"main":"m.js","exports":["./m.js",]}',
      '{"name":"p","exports":{".":nope},"imports":{"#a":"./m.js"}}',
      '{"name":"p","imports":{"#b":nope},"exports":"./m.js"}',
      '{"exports":{".":nope},"exports":"./m.js"}',
      '{"exports":{"a":1]}',
    ]),
    shows: 'SyntaxError',
  },
  {
    name: 'R18 strings that look like JSON are parsed once more',
    ...tries([
      JSON.stringify({ exports: '{".":"./m.js"}' }),
      JSON.stringify({ exports: '["./m.js"]' }),
      JSON.stringify({ exports: '[x]' }),
      JSON.stringify({ exports: '{' }),
      JSON.stringify({ imports: '{"#a":"./m.js"}' }),
      JSON.stringify({ imports: '[', main: 'm.js' }),
      JSON.stringify({ exports: ' {".":"./m.js"}' }),
      JSON.stringify({ name: '{"a":1}', main: '[1]' }),
    ]),
    shows: '"m"',
  },
  {
    name: 'R18 duplicate keys: the last that counts',
    ...tries([
      '{"main":"n.js","main":"m.js"}',
      '{"main":"m.js","main":1}',
      '{"main":"m.js","main":null}',
      '{"name":"q","name":"p","exports":"./m.js"}',
      '{"type":"module","type":"commonjs"}',
      '{"type":"commonjs","type":"x"}',
      '{"exports":"./m.js","exports":"./n.js"}',
      '{"exports":"./m.js","exports":null}',
      '{"exports":"./m.js","exports":1}',
      '{"exports":{".":"./m.js",".":"./n.js"}}',
      '{"imports":{"#a":"./m.js"},"imports":"x"}',
      '{"main":"m.js","MAIN":"n.js","":"n.js"}',
      '{"__proto__":{"main":"n.js"},"main":"m.js"}',
      '{"name":1,"name":"p","main":"m.js"}',
    ]),
    shows: ['"m"', '"n"'],
  },
  {
    name: 'R18 brackets in brackets, a thousand deep',
    ...tries([
      `{"x":${'['.repeat(1000)}${']'.repeat(1000)},"main":"m.js"}`,
      `{"x":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)},"main":"m.js"}`,
      `{"x":${'['.repeat(50)}${']'.repeat(49)},"main":"m.js"}`,
    ]),
    shows: ['"m"', 'ERR_INVALID_PACKAGE_CONFIG'],
  },
  {
    // Node's walk goes on after a broken file, until one is sound, and the last error wins.
    name: 'R17 R18 several broken package.json above each other: which one is named',
    tree: {
      'o/package.json': '{',
      'o/x.js': '',
      'o/i/package.json': '[]',
      'o/i/x.js': '',
      'o/i/deep/x.js': '',
      'o/v/package.json': '{}',
      'o/v/x.js': '',
      'o/v/i/package.json': '{',
      'o/v/i/x.js': '',
      'o/i/node_modules/p/package.json': '{',
      'o/i/node_modules/p/x.js': '',
      'o/loop/package.json': { link: 'package.json' },
      'o/loop/x.js': '',
    },
    program: `const { _readPackage } = require('module')
      module.exports = [
        attemptAll(['./o/x', './o/i/x', './o/i/deep/x', './o/v/x', './o/v/i/x', './o/i/node_modules/p/x', './o/loop/x'], require),
        attempt(() => _readPackage(__dirname + '/o/i')), attempt(() => require('./o/i')), attempt(() => require('./o/v'))]`,
    shows: [
      'Invalid package config /case/o/package.json.',
      'Invalid package config /case/o/v/i/package.json.',
    ],
  },
  {
    name: 'R18 R16 a module in a broken scope can require nothing but builtins; .cjs and .json in it load',
    tree: {
      'a/package.json': '{',
      'a/x.cjs': `const { attempt } = require('../observe.cjs')`,
      'a/y.cjs': `exports.seen = ['path', 'node:fs', './x.json', '../ok', '/nowhere', 'none', '#x'].map((r) => { try { return typeof require(r) } catch (e) { return e.code + e.message } })`,
      'a/x.json': '{"a":1}',
      'a/x.js': '',
      'a/x': '',
      'a/z.foo': 'exports.foo = 1',
      'ok.js': '',
      'a/sub/package.json': '{}',
      'a/sub/m.js': 'module.exports = "sub"',
      'a/node_modules/p.js': 'module.exports = "p"',
    },
    program: `module.exports = attemptAll(['./a/x.cjs', './a/y.cjs', './a/x.json', './a/x.js', './a/x', './a/z.foo', './a/sub/m', './a/node_modules/p', './a/none', './a'], require)`,
    shows: ['"sub"', '"p"'],
  },
])
