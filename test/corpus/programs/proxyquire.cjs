const proxyquire = require('proxyquire')

require('./report.js')({
  stub: () =>
    proxyquire('./subjects/subject', { './dependency': { name: () => 'a stub' } }).greet(),
  callThrough: () => proxyquire('./subjects/subject', { './dependency': {} }).dependency.count,
  builtin: () => proxyquire('./subjects/subject', { path: { basename: () => 'stubbed' } }).greet(),
  noCallThru: () =>
    proxyquire.noCallThru()('./subjects/subject', { './dependency': { name: () => 'alone' } })
      .dependency.count ?? null,
  cacheAfterwards: () => require('./subjects/subject').greet(),
  absent: () =>
    proxyquire('./subjects/subject', {
      './dependency': { name: () => 'x' },
      './none': null,
    }).greet(),
  failing: () => proxyquire('./subjects/absent', {}),
})
