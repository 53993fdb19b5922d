import { Readable } from 'node:stream'
import fetch, { Blob, File, FormData, Headers, isRedirect, Request, Response } from 'node-fetch-3'

export function headers() {
  const headers = new Headers([
    ['B', '1'],
    ['a', '2'],
    ['b', '3'],
  ])
  const request = new Request('http://example.org/a?b', { method: 'POST', headers, body: 'text' })
  return [[...headers], request.method, request.url, [...request.clone().headers]]
}
export async function bodies() {
  const streamed = new Response(Readable.from([Buffer.from('{"a":'), Buffer.from('[1]}')]), {
    status: 201,
  })
  return [
    await streamed.json(),
    streamed.ok,
    await new Response(new URLSearchParams({ a: 'b c' })).text(),
    [...new Uint8Array(await new Response('é').arrayBuffer())],
    await Response.json({ a: 1 }, { status: 202 }).text(),
  ]
}
export async function forms() {
  const form = new FormData()
  form.append('a', 'b')
  form.append('file', new File(['é'], 'name.txt', { type: 'text/plain' }))
  const text = await new Response(form).text()
  return [text.replaceAll(/-{4,}\w+/g, '--'), await new Blob(['a', 'b']).text()]
}
export const inline = async () => (await fetch('data:text/plain;base64,aGk=')).text()
export const redirects = () => [isRedirect(308), isRedirect(200)]
export const refused = () => fetch('http://127.0.0.1:49151/')
export const failing = () => fetch('ftp://example.org/')
