const proxyquire = require('proxyquire')

require('./report.cjs')({
  stub: () =>
    proxyquire('./fixtures/subject', { './dependency': { name: () => 'a stub' } }).greet(),
  callThrough: () => proxyquire('./fixtures/subject', { './dependency': {} }).dependency.count,
  builtin: () => proxyquire('./fixtures/subject', { path: { basename: () => 'stubbed' } }).greet(),
  noCallThru: () =>
    proxyquire.noCallThru()('./fixtures/subject', { './dependency': { name: () => 'alone' } })
      .dependency.count ?? null,
  cacheAfterwards: () => require('./fixtures/subject').greet(),
  absent: () =>
    proxyquire('./fixtures/subject', {
      './dependency': { name: () => 'x' },
      './none': null,
    }).greet(),
  failing: () => proxyquire('./fixtures/absent', {}),
})
