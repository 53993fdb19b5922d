import { oracle } from '../oracle/suite.ts'

/** URLs of modules: escapes, queries, hosts and data. */
oracle('URLs', [
  {
    name: 'queries and fragments behind a package, in its exports and its imports',
    tree: {
      'node_modules/p/package.json':
        '{"exports":{"./*":"./lib/*","./q":"./lib/a.mjs?inner#x"},"imports":{"#i":"./lib/a.mjs?i","#j":"r/a.mjs?j"}}',
      'node_modules/p/lib/a.mjs':
        'export const { url } = import.meta; export const ask = (x) => import(x)',
      'node_modules/r/a.mjs': 'export const { url } = import.meta',
      'a.mjs': 'export const { url } = import.meta',
    },
    program: `const urls = async (ask, ...all) => { const found = []; for (const each of all) found.push(await ask(each).then((ns) => ns.url, (e) => describe(e))); return found }
      module.exports = (async () => [
        await urls((x) => import(x), 'p/a.mjs?x', 'p/q', 'r/a.mjs?z#y', 'r/a.mjs?', './a.mjs?', './a.mjs?#', './a.mjs#y', 'r/none.mjs?z', 'p/none.mjs?z', './none.mjs?z#y', './node_modules?z'),
        await urls((await import('p/a.mjs')).ask, '#i', '#j', '#i?x'),
      ])()`,
    shows: ['/case/node_modules/p/lib/a.mjs?inner#x', '/case/none.mjs?z#y'],
  },
  {
    name: 'file: URLs and escapes: hosts, what cannot be decoded, what is decoded once',
    tree: {
      'a.mjs':
        'export const { url } = import.meta; export const ask = (specifier) => import(specifier)',
      '%61.mjs': 'export const escaped = true',
      'b?c.mjs': 'export const marked = true',
    },
    program: `const at = 'file://' + __dirname + '/'
      const requests = ['./%61.mjs', './%2561.mjs', './b%3fc.mjs', at + '%61.mjs', at + '%2561.mjs', at + 'b%3fc.mjs?q', at.replace('//', '//LOCALHOST') + 'a.mjs', at.replace('//', '') + 'a.mjs', at.replaceAll('/', '\\\\') + 'a.mjs',
        'file://elsewhere/a.mjs', 'file:none.mjs', at + 'none.mjs', at + 'a%2fb.mjs', './%zz.mjs', './%zz.mjs?q#h', '../%zz/../x%', at + '%zz.mjs', at]
      module.exports = import('./a.mjs?from').then(async ({ ask }) => {
        const found = []
        for (const each of requests) found.push(await ask(each).then((ns) => ({ ...ns }), (e) => [describe(e), e.input, e.module, e.url]))
        return found
      })`,
    shows: ['ERR_INVALID_FILE_URL_HOST', 'file:///case/%zz.mjs?q#h', 'file:///case/a.mjs?from'],
  },
  {
    name: 'file: URLs of what is not there: with the escapes that were asked for, and those that URLs need',
    tree: {
      'a%b ü/ask.mjs': 'export const ask = (specifier) => import(specifier)',
      'a%b ü/lib/x.mjs': '',
    },
    program: `const names = ['./%61.mjs?q', './%61.mjs#h', './l%69b', './l%69b/', './%6cib/../n%6Fne.mjs', './x/%2e%2E/n.mjs', './%2e/n.mjs', './x/.%2e', './a%2emjs', '/%63ase/n.mjs', 'file://' + __dirname + '/%2561.mjs', './[x]|y^{z}~ \\u00fc.mjs', './ "q" <b>.mjs', './a.mjs?%61', './a%.mjs', '.', '..', './']
      module.exports = import('./a%25b%20ü/ask.mjs').then(async ({ ask }) => {
        const found = []
        for (const each of names) found.push(await ask(each).then(Object.keys, (e) => [describe(e), e.input, e.url]))
        return found
      })`,
    shows: ['file:///case/a%25b%20%C3%BC/%61.mjs?q', 'ERR_UNSUPPORTED_DIR_IMPORT'],
  },
  {
    name: 'data: URLs of other kinds, and what modules of data cannot ask for',
    tree: { 'a.mjs': '' },
    program: `const texts = ["text/plain,x", "text/javascript,import './a.mjs'", "text/javascript,import '/a.mjs'", "text/javascript,import 'bare'", "text/javascript,import '%23a'"]
      module.exports = Promise.all(texts.map((text) => import('data:' + text).catch((e) => [describe(e), describe(e.cause), e.cause && [e.cause.input, e.cause.base]])))`,
    shows: ['ERR_UNKNOWN_MODULE_FORMAT', 'ERR_UNSUPPORTED_RESOLVE_REQUEST', 'ERR_INVALID_URL'],
  },
])
