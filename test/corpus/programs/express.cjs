const exchange = require('./exchange.cjs')

require('./report.cjs')({
  async routes() {
    const express = require('express')
    const app = express().set('etag', false).disable('x-powered-by')
    const router = express.Router()
    router.get('/:id', (request, response) =>
      response.json({ id: request.params.id, query: request.query }),
    )
    app.use('/users', router)
    app.get('/plain', (_, response) => response.status(201).type('text').send('hello'))
    app.post('/tea', () => {
      throw Object.assign(new Error('tea'), { expected: true })
    })
    app.use((error, _, response, next) => (error.expected ? response.sendStatus(418) : next(error)))
    const handle = (...args) => app.handle(...args)
    return [
      await exchange(handle, 'GET', '/users/7?a=1&b=x%20y'),
      await exchange(handle, 'GET', '/plain'),
      await exchange(handle, 'POST', '/tea'),
      await exchange(handle, 'GET', '/nowhere'),
    ]
  },
  utils() {
    const { normalizeType, compileQueryParser } = require('express/lib/utils')
    return [
      normalizeType('html'),
      normalizeType('text/html;q=0.5'),
      compileQueryParser('extended')('a[b]=1&a[c]=2'),
    ]
  },
  failing() {
    const View = require('express/lib/view')
    return new View('page', { defaultEngine: '', root: '/views', engines: {} })
  },
})
