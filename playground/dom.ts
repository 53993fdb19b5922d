/** The element of that id. @throws when index.html has none of that class */
export function element<E extends Element>(id: string, Class: new () => E): E {
  const found = document.getElementById(id)
  if (found instanceof Class) return found
  throw new Error(`index.html has no ${Class.name} with id '${id}'`)
}

/** A new element with a class and text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

/** Calls at most once per frame, however often it is asked. */
export function oncePerFrame(action: () => void): () => void {
  let isAsked = false
  return () => {
    if (isAsked) return
    isAsked = true
    requestAnimationFrame(() => {
      isAsked = false
      action()
    })
  }
}

/** A button that does something. */
export function button(className: string, text: string, act: () => void): HTMLButtonElement {
  const made = make('button', className, text)
  made.type = 'button'
  made.addEventListener('click', act)
  return made
}

/** A drawing of index.html's `<symbol>`s; it says nothing to those who cannot see it. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#icon-${name}`)
  svg.append(use)
  return svg
}
