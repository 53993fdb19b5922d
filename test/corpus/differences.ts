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

const refused = (code: string, reason: string): Differences => [{ call: 'refused', code, reason }]

const untold = 'a page is not told why a request has failed'

const byHost: Readonly<Record<HostName, Readonly<Record<string, Differences>>>> = {
  node: {},
  volume: { 'mock-require': withoutFilenames },
  'bare vm': { 'mock-require': withoutFilenames },
  chromium: {
    axios: refused('ERR_LODGER_NETWORK', untold),
    got: refused('ERR_LODGER_NETWORK', untold),
    'mock-require': withoutFilenames,
    'node-fetch': refused('ERR_LODGER_NETWORK', untold),
  },
  quickjs: {
    axios: refused('ERR_LODGER_HOST_LACKS', 'QuickJS has no `fetch`'),
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
    got: refused('ERR_LODGER_HOST_LACKS', 'QuickJS has no `fetch`'),
    'mock-require': withoutFilenames,
    'node-fetch': refused('ERR_LODGER_HOST_LACKS', 'QuickJS has no `fetch`'),
    'sql.js': ['queried', 'exported', 'failing'].map((call) => ({
      call,
      reason: 'QuickJS has no WebAssembly (`sql.js/dist/sql-asm.js` does without)',
    })),
    webpack: ['built', 'unresolved'].map((call) => ({
      call,
      reason:
        "QuickJS has no WebAssembly, in which webpack makes its default hash (`output.hashFunction: 'sha256'` does without)",
    })),
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
  fastify: ['setTimeout'],
  koa: ['Blob', 'ReadableStream', 'Response'],
  got: ['fetch', 'setTimeout'],
  mocha: ['setTimeout'],
  'node-fetch': ['fetch', 'setTimeout'],
  nodemailer: ['fillRandom'],
  'react-dom': ['setTimeout'],
  rxjs: ['setTimeout'],
  webpack: ['setTimeout'],
}

export const lentTo = (name: string): readonly string[] => lent[name] ?? []
