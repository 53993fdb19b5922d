const { IncomingMessage, ServerResponse } = require('http')

/** Hands a request to the application without a server: what a server needs is not the package's own. */
function exchange(app, method, url) {
  return new Promise((resolve, reject) => {
    const request = Object.assign(new IncomingMessage(null), {
      method,
      url,
      headers: { host: 'localhost' },
    })
    const response = new ServerResponse(request)
    response.end = function (body) {
      resolve([this.statusCode, { ...this.getHeaders() }, body === undefined ? '' : String(body)])
      return this
    }
    app.handle(request, response, (error) => (error ? reject(error) : resolve('nobody answered')))
  })
}

require('./report.js')({
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
    return [
      await exchange(app, 'GET', '/users/7?a=1&b=x%20y'),
      await exchange(app, 'GET', '/plain'),
      await exchange(app, 'POST', '/tea'),
      await exchange(app, 'GET', '/nowhere'),
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
