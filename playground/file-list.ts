/** The list of files: the program's own on top, packages folded away below. */
import { make } from './element.ts'
import { packagePaths, programFiles } from './files.ts'

export interface FileList {
  /** Marks a file as the one that is shown. */
  select(path: string): void
}

export function createFileList(nav: HTMLElement, onChoose: (path: string) => void): FileList {
  const buttons = new Map<string, HTMLButtonElement>()

  const list = (paths: Iterable<string>, above: string) => {
    const items = make('ul', '')
    for (const path of paths) {
      const button = make('button', '', path.slice(above.length))
      button.type = 'button'
      button.addEventListener('click', () => onChoose(path))
      buttons.set(path, button)
      const item = make('li', '')
      item.append(button)
      items.append(item)
    }
    return items
  }

  nav.append(list(programFiles.keys(), '/app/'))
  for (const [name, paths] of packagePaths()) {
    const details = make('details', '')
    const summary = make('summary', '', name)
    summary.append(' ', make('span', 'count', `${paths.length} files`))
    details.append(summary, list(paths, `/app/node_modules/${name}/`))
    nav.append(details)
  }

  return {
    select(path) {
      for (const [each, button] of buttons) {
        if (each === path) button.setAttribute('aria-current', 'true')
        else button.removeAttribute('aria-current')
      }
    },
  }
}
