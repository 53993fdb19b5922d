const html = '<ul id="a"><li class="x">one<li data-n="2">two &amp; three</ul><p>four'

require('./report.cjs')({
  queried() {
    const $ = require('cheerio').load(html)
    $('li.x').addClass('y').after('<li>between</li>')
    return [
      $('li')
        .map((index, element) => `${index} ${$(element).text()}`)
        .get(),
      $('li:nth-child(3)').data('n'),
      $('#a > li:not(.x)').first().prev().attr('class'),
      $.html(),
    ]
  },
  slim() {
    const { load } = require('cheerio/slim')
    const $ = load('<r><a b="c"/><a>d</a></r>', { xml: true })
    return [$('a').length, $.xml(), $('a[b^=c]').attr()]
  },
  extracted() {
    const $ = require('cheerio').load(html)
    return [
      $.extract({ items: ['li'], paragraph: { selector: 'p', value: 'outerHTML' } }),
      require('cheerio/utils').isHtml('<p>'),
    ]
  },
  failing: () => require('cheerio').load(html)('li:nth-child(x'),
})
