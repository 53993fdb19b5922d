const text =
  '# A *b*\n\n1. c `d`\n2. <e> https://example.org "q" -- (c)\n\n> f\n\n| g | h |\n|---|--:|\n| i | j |\n'

require('./report.cjs')({
  rendered() {
    const createMarkdown = require('markdown-it')
    return createMarkdown({ html: false, linkify: true, typographer: true }).render(text)
  },
  plugin() {
    const createMarkdown = require('markdown-it')
    const markdown = createMarkdown('commonmark').use((it) => {
      it.renderer.rules.em_open = () => '<i>'
      it.inline.ruler.before('text', 'at', (state) => {
        if (state.src[state.pos] !== '@') return false
        state.push('at', '', 0).content = 'at'
        state.pos++
        return true
      })
      it.renderer.rules.at = () => '&#64;'
    })
    return [markdown.renderInline('*a* @b'), markdown.parse('a\n\nb', {}).map(({ type }) => type)]
  },
  linkify() {
    const { LinkifyIt } = require('linkify-it')
    return new LinkifyIt().match('see example.com/a?b=c, or mail me@example.org.')
  },
  failing: () => require('markdown-it')('no such preset'),
})
