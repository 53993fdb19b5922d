const { join } = require('path')
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
  async bodies() {
    const express = require('express')
    const app = express().set('etag', false).disable('x-powered-by')
    app.use(express.json(), express.urlencoded({ extended: true }))
    app.post('/', (request, response) => response.json(request.body))
    app.use((error, _, response, __) => response.status(error.status).json(error.message))
    const post = (type, body) =>
      exchange((...args) => app.handle(...args), 'POST', '/', {
        headers: { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) },
        body,
      })
    return [
      await post('application/json', '{"é":[1]}'),
      await post('application/x-www-form-urlencoded', 'a[b]=1&c=d'),
      await post('application/json; charset=klingon', '1'),
    ]
  },
  async files() {
    const express = require('express')
    const app = express().disable('x-powered-by')
    app.set('views', join(__dirname, 'fixtures')).set('view engine', 'pug')
    app.use(express.static(join(__dirname, 'fixtures'), { etag: false, lastModified: false }))
    app.get('/page', (_, response) => response.render('page', { title: 'A & B' }))
    const get = (url, headers) =>
      exchange((...args) => app.handle(...args), 'GET', url, { headers })
    return [
      await get('/dependency.js'),
      await get('/dependency.js', { range: 'bytes=0-6' }),
      await get('/bundled'),
      await get('/page'),
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
