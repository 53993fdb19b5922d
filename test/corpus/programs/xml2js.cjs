const text =
  '<?xml version="1.0"?><list kind="a"><item n="1">one &amp; two</item><item/><!-- no --><deep:er xmlns:deep="d">3</deep:er></list>'

require('./report.cjs')({
  parsed: () => require('xml2js').parseStringPromise(text),
  processed() {
    const { Parser } = require('xml2js')
    const { stripPrefix, parseNumbers } = require('xml2js/lib/processors')
    const parser = new Parser({
      explicitArray: false,
      mergeAttrs: true,
      tagNameProcessors: [stripPrefix],
      valueProcessors: [parseNumbers],
    })
    return parser.parseStringPromise(text)
  },
  built() {
    const { Builder } = require('xml2js')
    return new Builder({ rootName: 'r', cdata: true }).buildObject({
      $: { a: '<' },
      b: ['1', { _: '<c>', $: { d: 2 } }],
    })
  },
  failing: () => require('xml2js').parseStringPromise('<a><b></a>'),
})
