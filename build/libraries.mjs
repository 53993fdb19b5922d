/**
 * The npm libraries that shims are made of. `generate-libraries.mjs` turns each into `shims/libraries/<name>.js`, one
 * definition function that every loader calls for itself; docs/dependencies.md says why each was chosen.
 *
 * @typedef {object} LibrarySource
 * @property {string} entry The CommonJS text whose `module.exports` the library gives. A trailing slash means the npm
 *   package where node has a builtin of the same name.
 * @property {string[]} packages The npm packages that the entry names; their versions are printed into the result.
 * @property {boolean} [isHidden] Whether no guest ever sees its functions, whose names then need not stay.
 * @property {RegExp} [ownProperties] Properties that nobody else asks for, and that therefore get short names,
 * @property {RegExp} [sharedProperties] but for these.
 * @property {Record<string, string>} [replace] File in node_modules -> CommonJS text to put in its place.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { nobleLibraries } from './noble.mjs'

const { resolve } = createRequire(import.meta.url)

/**
 * A library's file with changes in its text.
 * @param {string} file
 * @param {readonly [before: RegExp, after: string, count: number][]} changes How many there must be of each, because a
 *   new version may have other ones.
 */
function edited(file, ...changes) {
  let text = readFileSync(resolve(file), 'utf8')
  for (const [before, after, count] of changes) {
    const found = text.match(before)?.length
    if (found !== count) throw new Error(`${file} has changed: ${found} times ${before}`)
    text = text.replace(before, after)
  }
  return text
}

/** What a stream takes for a chunk, as of node 26: all views. @type {[RegExp, string, number][]} */
const anyView = [
  [/Stream\._isUint8Array\(chunk\)/g, 'Stream._isArrayBufferView(chunk)', 1],
  [/'Buffer', 'Uint8Array'\]/g, "'Buffer', 'TypedArray', 'DataView']", 1],
]
const streamParts = 'readable-stream/lib/internal/streams'
const streamLibrary = `module.exports = require('internal/stream-library')`

/** @type {Record<string, LibrarySource>} */
export const libraries = {
  ...nobleLibraries,

  // By its parts: its own entry compresses what is there as a whole, and node's streams keep their state between chunks.
  pako: {
    entry: `
      const inflate = require('pako/lib/zlib/inflate.js')
      const deflate = require('pako/lib/zlib/deflate.js')
      const crc32 = require('pako/lib/zlib/crc32.js')
      const ZStream = require('pako/lib/zlib/zstream.js')
      module.exports = { ...inflate, ...deflate, crc32, ZStream }`,
    packages: ['pako'],
    isHidden: true,
    ownProperties:
      /_|^(?:back|bits|check|distbits|distcode|dmax|extra|flags|have|havedict|heap|hold|insert|last|lenbits|lencode|lendyn|lens|lookahead|mode|ncode|ndist|nlen|pending|prev|sane|strm|strstart|total|was|wbits|whave|window|wnext|work|wrap|wsize)$/,
    // `shims/internal/zlib/handle.ts` reads and writes them.
    sharedProperties:
      /^(?:(?:next|avail)_(?:in|out)|max_(?:lazy_match|chain_length)|(?:good|nice)_match)$/,
    replace: {
      // Without what node has no way to ask for: names and comments in the heads of gzip files, and the hash of older
      // versions. What leads there becomes `false`, esbuild takes away the rest, and terser what is not exported.
      'pako/lib/zlib/inflate.js': edited(
        'pako/lib/zlib/inflate.js',
        [/state\.head(?=\)| &&)/g, 'false', 12],
        [/^module\.exports\.inflate(?!(?:Init2|Reset|SetDictionary)? =).*/gm, '', 15],
      ),
      'pako/lib/zlib/deflate.js': edited(
        'pako/lib/zlib/deflate.js',
        [
          /s\.(?:legacy_hash|gzhead)(?=\)| &&)|s\.status === (?:EXTRA|NAME|COMMENT|HCRC)_STATE(?=\) \{)/g,
          'false',
          9,
        ],
        [/^module\.exports\.deflate(?!(?:Init2|Reset|SetDictionary)? =).*/gm, '', 12],
      ),
    },
  },

  // The parser of ES modules.
  'module-syntax': {
    entry: `exports.parse = require('meriyah').parse`,
    packages: ['meriyah'],
    isHidden: true,
  },

  // What finds the names that a CommonJS module exports.
  'common-js-exports': {
    entry: `exports.parse = require('./node_modules/cjs-module-lexer/lexer.js').parse`,
    packages: ['cjs-module-lexer'],
    isHidden: true,
    replace: {
      // node 26 reads these texts with `merve`, in C++, which differs in this: a name that was assigned stays one when a
      // getter comes after it, the first `require('a')` in `{ a: require('a') }` is handed on, and a getter ends the names.
      'cjs-module-lexer/lexer.js': edited(
        '../node_modules/cjs-module-lexer/lexer.js', // Its `exports` have only the minified form.
        [/ && !unsafeGetters\.has\(expt\)|^ +if \(expt\) \{\n.+unsafeGetters.+\n +\}\n/gm, '', 2],
        [
          /(?<=expressions for now\n +if \()!identifier\(\)/g,
          '!(ch === 114 && tryParseRequire(ExportAssign)) && $&',
          2,
        ],
        [
          /(?<=const endPos = pos;\n +ch = commentWhitespace\(\);\n)(?= +if \(ch === 58)/g,
          `if (source.slice(startPos, endPos) === 'get' && identifier() && (ch = commentWhitespace()) === 40) {
            pos = revertPos;
            return;
          }`,
          1,
        ],
      ),
    },
  },

  // What reads the mappings of source maps.
  'source-map-codec': {
    entry: `
      import { decode } from './node_modules/@jridgewell/sourcemap-codec/dist/sourcemap-codec.mjs'
      module.exports = { decode }`,
    packages: ['@jridgewell/sourcemap-codec'],
    isHidden: true,
  },

  punycode: { entry: `module.exports = require('punycode/')`, packages: ['punycode'] },

  // A part of the next, which is given this very class.
  'legacy-stream': {
    entry: `module.exports = require('${streamParts}/legacy')`,
    packages: ['readable-stream'],
  },

  'readable-stream': {
    entry: `module.exports = require('readable-stream')`,
    packages: ['readable-stream'],
    // Its names for the built-in functions of the language, and for its questions about streams.
    ownProperties:
      /^(?:[A-Z]\w+Prototype[A-Z]\w+|(?:Array|Function|Object|Promise|Symbol)(?:[A-Z][a-z]+)+|NumberIs\w+|NumberParseInt|MathFloor|ReflectApply|Safe\w+|is(?:Duplex|Readable|Writable)?NodeStream|is(?:Readable|Writable)(?:Ended|Errored|Finished|Stream)|is(?:Iterable|ServerRequest|ServerResponse|TransformStream|WebStream)|willEmitClose)$/,
    sharedProperties: /^ArrayBuffer/,
    replace: {
      // It asks `self` and `window`, and throws where neither exists; the guest's global is what counts.
      'abort-controller/browser.js': `
        exports.AbortController = globalThis.AbortController
        exports.AbortSignal = globalThis.AbortSignal`,
      [`${streamParts}/legacy.js`]: `
        module.exports = require('internal/legacy-stream')`,
      [`${streamParts}/readable.js`]: edited(
        `${streamParts}/readable.js`,
        ...anyView,
        // `read()` gives one chunk of bytes, as of node 26, and `push` tells that it took none.
        [
          /if \(state\.flowing &&(?= state\.length\) return)/g,
          'if ((state.flowing || !state.decoder) &&',
          1,
        ],
        [/(?<=if \(err\) \{\n {4})errorOrDestroy\(stream, err\)/g, '$&\nreturn false', 1],
        // What it would tell under NODE_DEBUG.
        [/^let debug = .+\n.+\n\}\)$|^ *debug\(.*\)$/gm, '', 36],
      ),
      [`${streamParts}/writable.js`]: edited(`${streamParts}/writable.js`, ...anyView),
      [`${streamParts}/operators.js`]: edited(`${streamParts}/operators.js`, [
        /\['Function', 'AsyncFunction'\]/g,
        "'Function'",
        5,
      ]),
      // The symbols that the shims have where the engine has none (`shims/internal/symbols.ts`).
      'readable-stream/lib/ours/primordials.js': edited('readable-stream/lib/ours/primordials.js', [
        /Symbol(?=\('Symbol\.(?:d|asyncD)ispose)/g,
        'Symbol.for',
        2,
      ]),
      // The shims have all that these three hold, with the texts of a newer node.
      'readable-stream/lib/internal/validators.js': streamLibrary,
      'readable-stream/lib/ours/errors.js': streamLibrary,
      'readable-stream/lib/ours/util.js': streamLibrary,
      // It would look for node's `process` behind what bundlers give.
      'readable-stream/lib/internal/shims/process.js': `module.exports = require('process/')`,
    },
  },
}
