/** The dialog that gives a link to the program. */
import { element } from '../dom.ts'
import { formatSize } from '../files/contents.ts'
import { longestLink, type Shared, writeLink } from './link.ts'

export async function showShareDialog(shared: Shared): Promise<void> {
  const fragment = await writeLink(shared)
  const isTooLong = fragment.length > longestLink
  const field = element('share-link', HTMLInputElement)
  const copy = element('share-copy', HTMLButtonElement)
  const address = new URL(location.href)
  address.hash = fragment
  field.value = isTooLong ? '' : address.href
  element('share-field', HTMLDivElement).hidden = isTooLong
  element('share-about', HTMLParagraphElement).textContent = isTooLong
    ? `The program is too large for a link: packed it takes ${formatSize(fragment.length)}, and links over ` +
      `${formatSize(longestLink)} are cut off on their way. Download it as a .zip instead, and send that.`
    : 'The program itself is in the link, behind #: no server gets to see it. Whoever opens it has a copy of their own.'
  copy.textContent = 'Copy'
  copy.onclick = async () => {
    field.select()
    try {
      await navigator.clipboard.writeText(field.value)
      copy.textContent = 'Copied'
    } catch {
      // The link is selected: Ctrl+C does it.
      copy.textContent = 'Press Ctrl+C'
    }
  }
  element('share', HTMLDialogElement).showModal()
  if (!isTooLong) field.select()
}
