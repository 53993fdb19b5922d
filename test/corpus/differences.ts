/** What a package cannot do on which host, and why. The tests hold it to be true, and docs/corpus.md shows it. */
import type { HostName } from './packages.ts'

/** One call that has another outcome there. */
export interface Difference {
  readonly call: string
  /** What it throws there; `undefined` where it gives another value, or an error without a code. */
  readonly code?: string
  readonly reason: string
}

/** A reason alone: the package is left out there. */
type Differences = string | readonly Difference[]

const withoutFilenames: Differences =
  'it asks call sites for file names, which text that was evaluated has not'

const refused = (code: string, reason: string): readonly Difference[] => [
  { call: 'refused', code, reason },
]

const refusedWithoutFetch = refused('ERR_LODGER_HOST_LACKS', 'QuickJS has no `fetch`')

const untold = 'a page is not told why a request has failed'

const byHost: Readonly<Record<HostName, Readonly<Record<string, Differences>>>> = {
  node: {},
  volume: { 'mock-require': withoutFilenames },
  'bare vm': { 'mock-require': withoutFilenames },
  chromium: {
    axios: refused('ERR_LODGER_NETWORK', untold),
    got: refused('ERR_LODGER_NETWORK', untold),
    'got-14': ['piped', 'refused'].map((call) => ({
      call,
      code: 'ERR_LODGER_NETWORK',
      reason: untold,
    })),
    hono: [
      { call: 'routed', reason: 'a page shows nobody the cookies of a request or of an answer' },
    ],
    'mock-require': withoutFilenames,
    'node-fetch': refused('ERR_LODGER_NETWORK', untold),
    'node-fetch-3': refused('ERR_LODGER_NETWORK', untold),
  },
  quickjs: {
    axios: refusedWithoutFetch,
    cheerio: ['queried', 'extracted', 'failing'].map((call) => ({
      call,
      reason:
        'it loads undici, which wants `ReadableStream` and others of the web (`cheerio/slim` does not)',
    })),
    koa: ['middleware', 'streamed'].map((call) => ({
      call,
      reason:
        'it asks whether a body is a `Blob`, a `ReadableStream` or a `Response`, which QuickJS has not',
    })),
    got: refusedWithoutFetch,
    'got-14': 'it asks `Intl` for a segmenter, which QuickJS has not',
    hono: ['routed', 'posted', 'guarded'].map((call) => ({
      call,
      reason: 'it is made of `Request` and `Response`, which QuickJS has not',
    })),
    jsdom: 'it loads undici, which wants `ReadableStream` and others of the web',
    'mock-require': withoutFilenames,
    'node-fetch': refusedWithoutFetch,
    'node-fetch-3': [
      ...refusedWithoutFetch,
      {
        call: 'forms',
        code: 'ERR_METHOD_NOT_IMPLEMENTED',
        reason: 'its files are read through a `ReadableStream`, which QuickJS has not',
      },
    ],
    'sql.js': ['queried', 'exported', 'failing'].map((call) => ({
      call,
      reason: 'QuickJS has no WebAssembly (`sql.js/dist/sql-asm.js` does without)',
    })),
    webpack: ['built', 'unresolved'].map((call) => ({
      call,
      reason:
        "QuickJS has no WebAssembly, in which webpack makes its default hash (`output.hashFunction: 'sha256'` does without)",
    })),
    'yargs-18': 'it asks `Intl` for a segmenter, which QuickJS has not',
  },
}

/** Why the package does not run there at all. */
export function omissionOf(host: HostName, name: string): string | undefined {
  const found = byHost[host][name]
  return typeof found === 'string' ? found : undefined
}

export function differencesOf(host: HostName, name: string): readonly Difference[] {
  const there = byHost[host][name] ?? []
  return typeof there === 'string' ? [] : there
}

/** What the poorest of hosts is lent for a package: powers of `Host`, and globals. */
const lent: Readonly<Record<string, readonly string[]>> = {
  archiver: ['setTimeout'],
  axios: ['fetch', 'setTimeout'],
  bcryptjs: ['fillRandom'],
  bluebird: ['setTimeout'],
  cheerio: ['Blob', 'File', 'MessagePort', 'ReadableStream'],
  d3: ['setTimeout'],
  'execa-9': ['setTimeout'],
  fastify: ['setTimeout'],
  got: ['fetch', 'setTimeout'],
  'got-14': ['fetch', 'fillRandom', 'setTimeout'],
  hono: ['FormData', 'Headers', 'Request', 'Response', 'crypto', 'setTimeout'],
  jsdom: ['Blob', 'File', 'MessagePort', 'ReadableStream', 'setTimeout'],
  koa: ['Blob', 'ReadableStream', 'Response'],
  mocha: ['setTimeout'],
  nanoid: ['fillRandom'],
  'node-fetch': ['fetch', 'setTimeout'],
  'node-fetch-3': ['Blob', 'File', 'MessagePort', 'ReadableStream', 'fetch', 'setTimeout'],
  nodemailer: ['fillRandom'],
  'react-dom': ['setTimeout'],
  rxjs: ['setTimeout'],
  'solid-js': ['setTimeout'],
  webpack: ['setTimeout'],
}

export const lentTo = (name: string): readonly string[] => lent[name] ?? []
