/** The element of that id. @throws when index.html has none of that class */
export function element<E extends HTMLElement>(id: string, Class: new () => E): E {
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
