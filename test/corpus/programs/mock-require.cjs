const mock = require('mock-require')

require('./report.js')({
  value() {
    mock('./subjects/dependency', { name: () => 'a mock' })
    return mock.reRequire('./subjects/subject').greet()
  },
  builtin() {
    mock('path', { basename: () => 'mocked' })
    const seen = mock.reRequire('./subjects/subject').greet()
    mock.stop('path')
    return seen
  },
  byPath() {
    mock('not-installed', './subjects/dependency')
    return require('not-installed').name()
  },
  stopped() {
    mock.stopAll()
    return mock.reRequire('./subjects/subject').greet()
  },
  failing: () => require('not-installed'),
})
