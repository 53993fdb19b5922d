const { join } = require('path')

require('./report.cjs')({
  rendered: () =>
    require('ejs').render('<% if (ok) { %><%= text %><%- text %><% } -%>\n!', {
      ok: true,
      text: '<b>',
    }),
  file: () => require('ejs').renderFile(join(__dirname, 'template.ejs'), { names: ['a', '<b>'] }),
  included: () =>
    require('ejs').render(
      '[<%- include("template", { names }) %>]',
      { names: [1] },
      { filename: __filename },
    ),
  failing: () =>
    require('ejs').render('1\n<%- include("nowhere") %>', {}, { filename: __filename }),
  hidden: () => require('ejs/lib/cjs/utils.js'),
})
