require('./report.cjs')({
  formatted() {
    const {
      add,
      differenceInCalendarDays,
      eachWeekOfInterval,
      format,
      formatDistance,
    } = require('date-fns')
    const start = new Date(2024, 1, 28, 13, 5, 9)
    const end = add(start, { months: 1, days: 2, hours: 3 })
    return [
      format(start, "yyyy-MM-dd'T'HH:mm:ss.SSS, EEEE 'the' do, w"),
      format(end, 'PPPPpp'),
      differenceInCalendarDays(end, start),
      formatDistance(start, end),
      eachWeekOfInterval({ start, end }).map((day) => format(day, 'MMM d')),
    ]
  },
  localised() {
    const { format, parse } = require('date-fns')
    const { de } = require('date-fns/locale/de')
    const date = parse('3. Januar 2025', 'd. MMMM yyyy', new Date(0), { locale: de })
    return format(date, 'EEEE, do MMMM y', { locale: de })
  },
  functional() {
    const { addDays, formatWithOptions } = require('date-fns/fp')
    return formatWithOptions(
      { weekStartsOn: 1 },
      'yyyy-MM-dd e',
      addDays(3, new Date(2024, 11, 30)),
    )
  },
  failing: () => require('date-fns').format(new Date(Number.NaN), 'yyyy'),
})
