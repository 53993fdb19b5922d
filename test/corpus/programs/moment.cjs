require('./report.cjs')({
  formatted() {
    const moment = require('moment')
    const day = moment.utc('2026-01-31T03:04:05Z')
    return [
      day.format('LLLL'),
      day.clone().add(1, 'month').toISOString(),
      day.from('2026-02-03'),
      moment.duration(90, 'minutes').humanize(),
    ]
  },
  german() {
    require('moment/locale/de')
    const moment = require('moment')
    const text = moment.utc('2026-03-01').locale('de').format('dddd, D. MMMM YYYY')
    moment.locale('en')
    return text
  },
  // It asks for its locales by itself, and goes on when there is none.
  asked: () => [
    require('moment')().locale('fr').localeData().months()[7],
    require('moment').locale('xx'),
  ],
  failing: () => require('moment/locale/nowhere'),
})
