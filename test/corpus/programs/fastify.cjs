const { Readable } = require('stream')

require('./report.cjs')({
  async injected() {
    const app = require('fastify')()
    app.addHook('onSend', (_, reply, payload, done) => {
      reply.header('x-length', payload.length)
      done(null, payload)
    })
    app.register(
      (users, _, done) => {
        users.get('/:id', (request) => ({ id: request.params.id, query: request.query }))
        done()
      },
      { prefix: '/users' },
    )
    app.post(
      '/sum',
      { schema: { body: { type: 'array', items: { type: 'number' } } } },
      (request, reply) => reply.code(201).send(String(request.body.reduce((a, b) => a + b, 0))),
    )
    const shown = ({ statusCode, headers, payload }) => [
      statusCode,
      headers['content-type'],
      headers['x-length'],
      payload,
    ]
    return [
      shown(await app.inject('/users/7?a=1')),
      shown(await app.inject({ method: 'POST', url: '/sum', payload: [1, 2, 3] })),
      shown(await app.inject({ method: 'POST', url: '/sum', payload: ['x'] })),
      shown(await app.inject('/nowhere')),
    ]
  },
  async streamed() {
    const app = require('fastify')()
    app.get('/', (_, reply) => reply.type('text/plain').send(Readable.from([Buffer.from('a')])))
    app.get('/serialized', {
      schema: { response: { 200: { type: 'object', properties: { a: { type: 'integer' } } } } },
      handler: () => ({ a: '7', b: 1 }),
    })
    app.addContentTypeParser('text/x', { parseAs: 'string' }, (_, body, done) => {
      done(null, body.toUpperCase())
    })
    app.post('/parsed', (request) => [request.body])
    const headers = { 'content-type': 'text/x' }
    const answers = [
      await app.inject('/'),
      await app.inject('/serialized'),
      await app.inject({ method: 'POST', url: '/parsed', headers, payload: 'text' }),
    ]
    return [answers.map(({ statusCode, payload }) => [statusCode, payload]), app.printRoutes()]
  },
  errors() {
    const codes = require('fastify/lib/errors')
    const error = new codes.FST_ERR_CTP_INVALID_MEDIA_TYPE('text/x')
    return [error.code, error.message, error.statusCode, Object.keys(codes).length]
  },
  async failing() {
    const app = require('fastify')()
    app.get('/twice', () => 1)
    app.get('/twice', () => 2)
    await app.ready()
  },
})
