const { createReadStream } = require('fs')
const { join } = require('path')
const exchange = require('./exchange.cjs')

require('./report.cjs')({
  async middleware() {
    const Koa = require('koa')
    const app = new Koa({ keys: ['a key'] })
    const order = []
    app.use(async (context, next) => {
      order.push(`before ${context.path}`)
      await next()
      order.push(`after ${context.status}`)
    })
    app.use((context) => {
      if (context.path === '/json')
        context.body = { query: context.query, type: context.accepts('json') }
      if (context.path === '/teapot') context.throw(418, 'short and stout')
    })
    app.silent = true
    const handle = app.callback()
    return [
      await exchange(handle, 'GET', '/json?a=1&b=x%20y'),
      await exchange(handle, 'GET', '/teapot'),
      await exchange(handle, 'GET', '/nowhere'),
      order,
    ]
  },
  async streamed() {
    const Koa = require('koa')
    const app = new Koa()
    app.use((context) => {
      context.type = 'js'
      context.body = createReadStream(join(__dirname, 'fixtures', 'dependency.js'))
    })
    return await exchange(app.callback(), 'GET', '/')
  },
  prototypes() {
    const request = require('koa/lib/request')
    const response = require('koa/lib/response')
    const read = Object.create(request, {
      req: {
        value: {
          url: '/a/b?c=d',
          headers: { host: 'here:81', 'content-type': 'text/html; charset=x' },
        },
      },
      app: { value: { proxy: false } },
    })
    return [
      read.path,
      read.querystring,
      read.hostname,
      read.charset,
      read.type,
      Object.keys(response).length,
    ]
  },
  failing() {
    const Koa = require('koa')
    return new Koa().use('no function')
  },
})
