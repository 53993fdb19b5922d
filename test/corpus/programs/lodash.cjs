require('./report.cjs')({
  main() {
    const _ = require('lodash')
    const text = _.template('<% _.forEach(users, (user) => { %><%- user %>;<% }) %>')
    return [
      _.chunk(_.range(7), 3),
      _.merge({ a: [{ b: 1 }] }, { a: [{ c: 2 }] }),
      text({ users: ['<a>', 'b'] }),
    ]
  },
  fp() {
    const { flow, map, sortBy } = require('lodash/fp')
    return flow(
      map((n) => n * n),
      sortBy((n) => -n),
    )([1, 3, 2])
  },
  failing: () => require('lodash/debounce')('not a function'),
})
