import { CookieJar, JSDOM, VirtualConsole } from 'jsdom'

export function queried() {
  const { window } = new JSDOM('<!doctype html><title>A</title><ul><li class=a>1<li>2</ul>', {
    url: 'http://example.org/a?b#c',
  })
  const { document } = window
  document
    .querySelector('ul')
    .append(Object.assign(document.createElement('li'), { textContent: '<3>' }))
  return [
    document.title,
    document.querySelectorAll('li:not(.a)').length,
    document.body.innerHTML,
    window.location.hash,
    document.querySelector('li').matches('ul > .a'),
  ]
}
export function events() {
  const { window } = new JSDOM('<button><b>x</b></button>')
  const seen = []
  const button = window.document.querySelector('button')
  button.addEventListener('click', ({ target, bubbles, eventPhase }) =>
    seen.push([target.localName, bubbles, eventPhase]),
  )
  window.document.querySelector('b').click()
  button.dispatchEvent(new window.CustomEvent('click', { detail: 1 }))
  return seen
}
export function forms() {
  const { window } = new JSDOM(
    '<form><input name=a value=1><input type=checkbox name=b checked><select name=c><option>x<option selected>y</select></form>',
  )
  const form = window.document.forms[0]
  return [
    [...new window.FormData(form)],
    form.elements.length,
    form.checkValidity(),
    window.getComputedStyle(form).display,
  ]
}
export function parts() {
  const jar = new CookieJar()
  const dom = new JSDOM('', {
    url: 'http://a.org/',
    cookieJar: jar,
    virtualConsole: new VirtualConsole(),
  })
  dom.window.document.cookie = 'k=v'
  return [
    jar.getCookieStringSync('http://a.org/'),
    dom.serialize(),
    JSDOM.fragment('<p>a<p>b').childNodes.length,
  ]
}
export const failing = () => new JSDOM('').window.document.querySelector('a[')
export const invalid = () => new JSDOM('', { url: 'no url' })
