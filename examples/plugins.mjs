// Plug-ins that may read their own files and nothing else. `node examples/plugins.mjs`
import { createLoader } from 'lodger'

const plugins = {
  '/plugins/greeter/index.js':
    "const { say } = require('host')\nsay(require('fs').readFileSync(__dirname + '/text', 'utf8'))",
  '/plugins/greeter/text': 'good morning',
  '/plugins/nosy/index.js': "require('child_process')",
}

for (const name of ['greeter', 'nosy']) {
  const loader = createLoader({
    fs: plugins,
    root: `/plugins/${name}`,
    modules: { host: { say: (text) => console.log(`${name} says: ${text}`) } },
    overrides: { child_process: false },
  })
  try {
    loader.main(`/plugins/${name}/index.js`)
  } catch (error) {
    console.log(`${name} failed: ${error.code}`)
  } finally {
    loader.dispose()
  }
}
