// A program of two files and a package, from memory. `node examples/run-a-program.mjs`
import { createLoader } from 'lodger'

const loader = createLoader({
  fs: {
    '/app/index.js': "console.log(require('./shout')(process.argv[2]))",
    '/app/shout.js': "module.exports = (text) => require('loud').up(text) + '!'",
    '/app/node_modules/loud/package.json': '{ "main": "lib" }',
    '/app/node_modules/loud/lib/index.js': 'exports.up = (text) => text.toUpperCase()',
  },
  argv: ['node', 'index.js', 'hello'],
})
loader.main('/app/index.js')
