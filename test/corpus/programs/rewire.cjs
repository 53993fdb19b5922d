const rewire = require('rewire')

require('./report.cjs')({
  get: () => rewire('./fixtures/subject').__get__('secret'),
  set() {
    const subject = rewire('./fixtures/subject')
    const undo = subject.__set__('secret', 'changed')
    const changed = subject.greet()
    undo()
    return [changed, subject.greet()]
  },
  constant() {
    const subject = rewire('./fixtures/subject')
    subject.__set__('dependency', { name: () => 'rewired' })
    return subject.greet()
  },
  with: () => {
    const subject = rewire('./fixtures/subject')
    let inside
    subject.__with__({ secret: 'for a moment' })(() => {
      inside = subject.greet()
    })
    return [inside, subject.greet()]
  },
  globals() {
    const subject = rewire('./fixtures/subject')
    subject.__set__('path', { basename: () => 'nothing' })
    return subject.greet()
  },
  failing: () => rewire('./fixtures/absent'),
})
