const mock = require('mock-require')

require('./report.cjs')({
  value() {
    mock('./fixtures/dependency', { name: () => 'a mock' })
    return mock.reRequire('./fixtures/subject').greet()
  },
  builtin() {
    mock('path', { basename: () => 'mocked' })
    const seen = mock.reRequire('./fixtures/subject').greet()
    mock.stop('path')
    return seen
  },
  byPath() {
    mock('not-installed', './fixtures/dependency')
    return require('not-installed').name()
  },
  stopped() {
    mock.stopAll()
    return mock.reRequire('./fixtures/subject').greet()
  },
  failing: () => require('not-installed'),
})
