import { Hono } from 'hono'
import { basicAuth } from 'hono/basic-auth'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { HTTPException } from 'hono/http-exception'
import { RegExpRouter } from 'hono/router/reg-exp-router'

const app = new Hono()
app.use('/private/*', basicAuth({ username: 'a', password: 'b' }))
app.get('/private/page', (context) => context.text('secret'))
app.get('/hello/:name{[a-z]+}', (context) => {
  setCookie(context, 'seen', 'yes', { httpOnly: true })
  return context.json({
    name: context.req.param('name'),
    query: context.req.query('q'),
    cookie: getCookie(context, 'old'),
  })
})
app.post('/form', async (context) =>
  context.html(html`<p>${(await context.req.parseBody()).text}</p>`),
)
app.get('/broken', () => {
  throw new HTTPException(418, { message: 'teapot' })
})
app.notFound((context) => context.text('nothing here', 404))

const told = async (response) => [response.status, [...response.headers], await response.text()]

export const routed = async () => [
  await told(await app.request('/hello/ann?q=1', { headers: { cookie: 'old=1' } })),
  await told(await app.request('/hello/42')),
  await told(await app.request('/broken')),
]
export async function posted() {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return told(await app.request('/form', { method: 'POST', headers, body: 'text=%3Cb%3E' }))
}
export const guarded = async () => [
  await told(await app.request('/private/page')),
  await told(
    await app.request('/private/page', { headers: { authorization: `Basic ${btoa('a:b')}` } }),
  ),
]
export function matched() {
  const router = new RegExpRouter()
  router.add('GET', '/a/:b', 'handler')
  return router.match('GET', '/a/1')
}
export function failing() {
  const router = new RegExpRouter()
  router.add('GET', '/a/:b', 1)
  router.match('GET', '/')
  router.add('GET', '/late', 2)
}
