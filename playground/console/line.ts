/** One line of output as elements. */
import { make } from '../dom.ts'
import type { Piece } from './ansi.ts'
import type { FoundPlace, Place } from './places.ts'

/** Fills a line with its pieces, and makes a button of every place in a file. */
export function fillLine(
  line: HTMLElement,
  pieces: readonly Piece[],
  places: readonly FoundPlace[],
  open: (place: Place) => void,
): void {
  const nodes: Node[] = []
  let start = 0
  let link: { place: FoundPlace; button: HTMLButtonElement } | undefined
  for (const piece of pieces) {
    const end = start + piece.text.length
    // A place may run through several pieces, and a piece have several places.
    for (let from = start; from < end; ) {
      const place = places.find((each) => each.end > from && each.start < end)
      const isInside = place !== undefined && place.start <= from
      const to = Math.min(end, place === undefined ? end : isInside ? place.end : place.start)
      const node = styled(piece.text.slice(from - start, to - start), piece.classes)
      if (isInside) {
        if (link?.place !== place) {
          link = { place, button: linkTo(place, open) }
          nodes.push(link.button)
        }
        link.button.append(node)
      } else nodes.push(node)
      from = to
    }
    start = end
  }
  line.replaceChildren(...nodes)
}

function styled(text: string, classes: string): Node {
  return classes === '' ? document.createTextNode(text) : make('span', classes, text)
}

function linkTo(place: Place, open: (place: Place) => void): HTMLButtonElement {
  const button = make('button', 'place')
  button.type = 'button'
  button.addEventListener('click', () => open(place))
  return button
}
