const { Writable } = require('stream')

const { createElement, Suspense, use, useId, useState } = require('react')

function Counter({ start }) {
  const [count] = useState(start)
  return createElement(
    'p',
    { id: useId(), className: 'counter', style: { marginTop: 4 } },
    'at ',
    count,
  )
}

const page = createElement(
  'main',
  { 'data-x': '<&">' },
  [1, 2].map((start) => createElement(Counter, { key: start, start })),
)

require('./report.cjs')({
  rendered() {
    const { renderToStaticMarkup, renderToString, version } = require('react-dom/server')
    return [version, renderToString(page), renderToStaticMarkup(page)]
  },
  async streamed() {
    const { renderToPipeableStream } = require('react-dom/server')
    const late = new Promise((resolve) => setTimeout(resolve, 5, 'late'))
    const Late = () => createElement('b', null, use(late))
    const app = createElement(Suspense, { fallback: 'waiting' }, createElement(Late))
    return await new Promise((resolve, reject) => {
      let html = ''
      const { pipe } = renderToPipeableStream(app, {
        onAllReady: () =>
          pipe(
            new Writable({
              write(chunk, _, done) {
                html += chunk
                done()
              },
              final(done) {
                resolve(html)
                done()
              },
            }),
          ),
        onError: reject,
      })
    })
  },
  element() {
    const { isValidElement, Children, cloneElement } = require('react')
    const { jsx } = require('react/jsx-runtime')
    const { renderToStaticMarkup } = require('react-dom/server')
    const element = jsx('i', { children: ['a', 'b'] })
    return [
      isValidElement(element),
      Children.count(element.props.children),
      renderToStaticMarkup(cloneElement(element, { title: 't' })),
    ]
  },
  failing() {
    const { renderToString } = require('react-dom/server')
    return renderToString(createElement('p', null, { not: 'a child' }))
  },
})
