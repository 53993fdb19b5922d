const { Readable } = require('stream')

require('./report.cjs')({
  parsed() {
    const { parse } = require('csv-parse/sync')
    return parse('a;b\n"x;""y""";2\n# no\n3;\n', {
      columns: true,
      delimiter: ';',
      comment: '#',
      cast: (value, { column }) => (column === 'b' ? Number(value) : value),
      info: true,
    }).map(({ record, info: { lines, records } }) => [record, lines, records])
  },
  async streamed() {
    const { parse } = require('csv-parse')
    const records = []
    const parser = Readable.from(['a,b\n1,', '2\n3', ',4\n']).pipe(
      parse({ from_line: 2, trim: true }),
    )
    for await (const record of parser) records.push(record)
    return [records, parser.info]
  },
  called() {
    const { parse } = require('csv-parse')
    return new Promise((resolve, reject) => {
      parse('\ufeffa\tb', { bom: true, delimiter: '\t' }, (error, records) =>
        error ? reject(error) : resolve(records),
      )
    })
  },
  failing: () => require('csv-parse/sync').parse('a,b\n1\n'),
  invalid: () => require('csv-parse/sync').parse('a', { delimiter: 5 }),
})
