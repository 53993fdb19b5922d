import { likeNode } from './like-node.ts'

likeNode('querystring', {
  parse: `
    const qs = require('querystring')
    return ['a=1&b=2&a=3', 'a', '=b', '&&a=&', 'a=b=c', 'a+b=c+d', '%E4%BD%A0=%zz&x=%', 'a[]=1&a[]=2', '__proto__=1&hasOwnProperty=2', 'a%3Db=c', ''].map((t) => ({ ...qs.parse(t) }))
      .concat({ ...qs.parse('a:1;b:2', ';', ':') }, { ...qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }) }, { ...qs.parse('a=%41', null, null, { decodeURIComponent: (t) => '<' + t + '>' }) }, { ...qs.parse('a==>1&&b==>2', '&&', '==>') })`,
  stringify: `
    const qs = require('querystring')
    return [qs.stringify({ a: 1, b: [1, 'x y', true], c: '', d: null, e: undefined, f: NaN, g: 5n, h: {}, 'k&': 'ü' }), qs.stringify({ a: [] , b: 1 }), qs.stringify({ a: 1, b: 2 }, ';', ':'), qs.stringify('x'), qs.stringify({ a: 'b' }, null, null, { encodeURIComponent: (t) => t.toUpperCase() }), qs.stringify({ a: 1e21 })]`,
  escape: `
    const qs = require('querystring')
    return [qs.escape("it's (a) *test*!~"), qs.escape(5), qs.escape({ toString: () => 'o' }), caught(() => qs.escape('\\ud801')), qs.unescape('a%20b%zz'), qs.unescapeBuffer('a%41+%', true).toString(), Object.keys(qs), qs.decode === qs.parse]`,
})
