const { existsSync, readdirSync, readFileSync } = require('fs')
const { join } = require('path')
const scratch = require('./scratch.cjs')

function build(options) {
  const webpack = require('webpack')
  return new Promise((resolve, reject) => {
    const compiler = webpack({
      mode: 'production',
      context: join(__dirname, 'fixtures', 'bundled'),
      target: 'node',
      optimization: { minimize: false },
      ...options,
    })
    compiler.run((error, stats) => {
      compiler.close(() => (error ? reject(error) : resolve(stats)))
    })
  })
}

require('./report.cjs')({
  built: () =>
    scratch(async (path) => {
      const stats = await build({
        entry: './entry.js',
        output: { path, filename: 'bundle.[contenthash].cjs', library: { type: 'commonjs2' } },
      })
      const { assets, modules, errors } = stats.toJson({
        all: false,
        assets: true,
        modules: true,
        errors: true,
      })
      const file = join(path, assets[0].name)
      return [
        assets.map(({ name, size }) => [name, size, existsSync(file)]),
        modules.map(({ name, size }) => [name, size]),
        errors,
        readFileSync(file, 'utf8'),
        require(file),
      ]
    }),
  split: () =>
    scratch(async (path) => {
      const stats = await build({
        mode: 'development',
        devtool: 'source-map',
        entry: './lazy.js',
        output: {
          path,
          filename: '[name].cjs',
          library: { type: 'commonjs2' },
          // The default is made in WebAssembly.
          hashFunction: 'sha256',
        },
      })
      const names = stats.toJson({ all: false, assets: true }).assets.map(({ name }) => name)
      const map = JSON.parse(readFileSync(join(path, 'main.cjs.map'), 'utf8'))
      return [names.sort(), map.sources.length, await require(join(path, 'main.cjs')).late()]
    }),
  configured: () =>
    scratch(async (path) => {
      const { DefinePlugin, sources } = require('webpack')
      const emitting = {
        apply: ({ hooks }) =>
          hooks.thisCompilation.tap('emitting', (compilation) => {
            compilation.hooks.processAssets.tap('emitting', () =>
              compilation.emitAsset('extra.txt', new sources.RawSource('extra')),
            )
          }),
      }
      await build({
        entry: './entry.js',
        output: {
          path,
          filename: 'main.cjs',
          library: { type: 'commonjs2' },
          hashFunction: 'sha256',
        },
        module: { rules: [{ test: /double/, use: join(__dirname, 'fixtures', 'loader.cjs') }] },
        plugins: [emitting, new DefinePlugin({ FACTOR: '3' })],
        externals: { fs: 'commonjs fs' },
        cache: { type: 'filesystem', cacheDirectory: join(path, 'cache') },
      })
      return [
        readFileSync(join(path, 'extra.txt'), 'utf8'),
        require(join(path, 'main.cjs')).answer,
        readdirSync(join(path, 'cache')),
      ]
    }),
  template() {
    const Template = require('webpack/lib/template/Template')
    return [
      Template.toIdentifier('1-a b'),
      Template.indent(['a', 'b']),
      Template.numberToIdentifier(60),
    ]
  },
  unresolved: () =>
    scratch(async (path) => {
      const stats = await build({ entry: './nowhere.js', output: { path } })
      return stats.toJson({ all: false, errors: true }).errors.map(({ message }) => message)
    }),
  failing: () => build({ entry: 5, devtool: 'nothing' }),
})
