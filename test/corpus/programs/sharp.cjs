const { pictureSize, resize } = require('./fixtures/pictures.cjs')

require('./report.cjs')({
  size: () => pictureSize(Buffer.from('89504e470d0a1a0a0000000d49484452000000020000000308', 'hex')),
  fallback: () => resize(Buffer.from('picture')).then(String),
  /** What such an app asks for before it decides. */
  found() {
    try {
      return require.resolve('sharp')
    } catch ({ code }) {
      return code
    }
  },
  failing: () => require('sharp'),
  below: () => require('sharp/package.json'),
})
