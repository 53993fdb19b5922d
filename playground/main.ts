/** The page: joins its parts. */
import { element } from './element.ts'
import { explain, showExplanation } from './explanation.ts'
import { createFileList } from './file-list.ts'
import { allFiles, isEditable, mainFile, programFiles, textOf } from './files.ts'
import { createOutput } from './output.ts'
import { type Program, startProgram } from './program.ts'

const text = element('text', HTMLTextAreaElement)
const name = element('name', HTMLLabelElement)
const state = element('state', HTMLParagraphElement)
const runButton = element('run', HTMLButtonElement)
const stopButton = element('stop', HTMLButtonElement)
const specifier = element('specifier', HTMLInputElement)
const output = createOutput(element('output', HTMLDivElement))
const list = createFileList(element('files', HTMLElement), show)

let selected = mainFile
let program: Program | undefined

function show(path: string): void {
  selected = path
  const canEdit = isEditable(path)
  name.textContent = canEdit ? path : `${path} (read only)`
  text.value = textOf(path)
  text.readOnly = !canEdit
  text.scrollTop = 0
  list.select(path)
  element('from', HTMLParagraphElement).textContent = `from ${path}`
}

function run(): void {
  program?.stop()
  output.clear()
  state.textContent = 'running'
  stopButton.disabled = false
  program = startProgram(allFiles(), mainFile, {
    write: output.write,
    fail: (message) => output.write('error', `${message}\n`),
    end(exitCode) {
      output.flush()
      state.textContent = `exit code ${exitCode}`
      // A focused button that is disabled would lose the focus to nowhere.
      if (document.activeElement === stopButton) runButton.focus()
      stopButton.disabled = true
    },
  })
}

text.addEventListener('input', () => programFiles.set(selected, text.value))
runButton.addEventListener('click', run)
stopButton.addEventListener('click', () => program?.stop())
element('clear', HTMLButtonElement).addEventListener('click', output.clear)
element('explain', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  const steps = element('steps', HTMLOListElement)
  const answer = element('answer', HTMLDivElement)
  showExplanation(explain(allFiles(), specifier.value.trim(), selected), steps, answer)
  element('trace', HTMLElement).scrollTop = 0
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  run()
})

show(mainFile)
