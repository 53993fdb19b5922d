require('./report.cjs')({
  async mapped() {
    const Bluebird = require('bluebird')
    const squares = await Bluebird.map([1, 2, 3], (n) => Bluebird.resolve(n * n), {
      concurrency: 2,
    })
    const props = await Bluebird.props({ a: Bluebird.resolve(1), b: 2 })
    return [
      squares,
      props,
      Bluebird.resolve(5).value(),
      await Bluebird.reduce([1, 2, 3], (a, b) => a + b),
    ]
  },
  // It looks a millisecond later whether somebody has taken care of the rejection.
  async rejected() {
    const Bluebird = require('bluebird')
    const caught = await Bluebird.reject(new RangeError('far')).catch(
      RangeError,
      (error) => error.message,
    )
    const settled = await Bluebird.all([
      Bluebird.resolve(1).reflect(),
      Bluebird.reject(new Error('no')).reflect(),
    ])
    return [caught, settled.map((inspection) => inspection.isFulfilled())]
  },
  errors() {
    const errors = require('bluebird/js/release/errors')
    return [
      new errors.TimeoutError().message,
      new errors.AggregateError().length,
      new errors.TimeoutError('slow') instanceof Error,
    ]
  },
  util: () => require('bluebird/js/release/util').classString([]),
  failing: () => require('bluebird').promisify('not a function'),
  async failingLater() {
    await require('bluebird').any([Promise.reject(new Error('a')), Promise.reject(new Error('b'))])
  },
})
