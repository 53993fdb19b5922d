import { css, html, isServer, LitElement, nothing, svg, unsafeCSS } from 'lit'
import { classMap } from 'lit/directives/class-map.js'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'

class Greeting extends LitElement {
  static properties = {
    name: { type: String, reflect: true },
    count: { type: Number, attribute: 'how-many' },
  }
  static styles = css`p { color: ${unsafeCSS('red')} }`
  render() {
    return html`<p class=${classMap({ a: true })}>${this.name ?? nothing} ${this.count}</p>`
  }
}

export function templates() {
  const { strings, values, _$litType$: type } = html`<b>${1}</b>${svg`<g/>`}`
  return [[...strings], values.length, type, isServer, typeof unsafeHTML('<i>')]
}
export const styles = () => [
  String(css`a { b: ${2}px }`),
  Greeting.finalizeStyles(Greeting.styles).map(String),
]
export function element() {
  const { observedAttributes } = Greeting
  customElements.define('my-greeting', Greeting)
  const greeting = new Greeting()
  greeting.name = 'Ann'
  greeting.count = 2
  return [
    observedAttributes,
    greeting.render().strings.length,
    greeting.hasUpdated,
    customElements.get('my-greeting') === Greeting,
  ]
}
export const failing = () => css`a { ${'text'} }`
