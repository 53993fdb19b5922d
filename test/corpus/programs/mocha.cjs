const { join } = require('path')

/** What the runner tells, without the times that it took. */
function run(file, options = {}) {
  const Mocha = require('mocha')
  const told = []
  class Reporter {
    constructor(runner) {
      const { EVENT_SUITE_BEGIN, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } =
        Mocha.Runner.constants
      runner.on(EVENT_SUITE_BEGIN, (suite) => told.push(['suite', suite.fullTitle()]))
      runner.on(EVENT_TEST_PASS, (test) => told.push(['pass', test.title]))
      runner.on(EVENT_TEST_PENDING, (test) => told.push(['pending', test.title]))
      runner.on(EVENT_TEST_FAIL, (test, { name, message, code }) =>
        told.push(['fail', test.title, name, message, code]),
      )
    }
  }
  const mocha = new Mocha({ reporter: Reporter, timeout: 500, ...options })
  mocha.addFile(join(__dirname, 'fixtures', file))
  return new Promise((resolve) => mocha.run((failures) => resolve([failures, told])))
}

require('./report.cjs')({
  suite: () => run('suite.cjs'),
  filtered: () => run('suite.cjs', { fgrep: 'promise' }),
  utils() {
    const { stringify, slug, type } = require('mocha/lib/utils')
    return [stringify({ b: [1, undefined], a: null }), slug('A b  c'), type(new Map()), type(/x/)]
  },
  failing() {
    const Mocha = require('mocha')
    return new Mocha({ ui: 'absent' })
  },
})
