/** The command line, Run and Stop, and what a run does to the rest of the page. */
import type { RequestMode } from 'lodger/hosts/page'
import { withoutAnsi } from '../console/ansi.ts'
import type { Console } from '../console/console.ts'
import { element } from '../dom.ts'
import { pathsWithin } from '../files/operations.ts'
import { isScript, isWithin, shortPath } from '../files/paths.ts'
import type { Workspace } from '../files/workspace.ts'
import type { Graph } from '../graph/graph.ts'
import { describeRules } from '../overrides/rules.ts'
import type { News } from './protocol.ts'
import type { Runner } from './runner.ts'
import { programOf, type Settings } from './settings.ts'

export interface RunPanel {
  run(): void
  /** Fills the fields of the command line. */
  show(settings: Settings): void
}

export interface RunPanelParts {
  readonly workspace: Workspace
  readonly runner: Runner
  readonly console: Console
  readonly graph: Graph
  settings(): Settings
  /** Settles when all files are there. */
  ready(): Promise<void>
  /** Shows why a request found nothing. */
  explain(specifier: string, from: string, mode: RequestMode): void
  changed(settings: Settings): void
  /** A run begins. */
  began(): void
  complain(error: unknown): void
}

const missingRequire = /Cannot find module '([^']+)'[^\n]*\nRequire stack:\n- (\S+)/
const missingImport = /Cannot find (?:module|package) '([^']+)' imported from (\S+)/

export function createRunPanel(parts: RunPanelParts): RunPanel {
  const { workspace, runner, console, graph } = parts
  const runButton = element('run', HTMLButtonElement)
  const stopButton = element('stop', HTMLButtonElement)
  const state = element('state', HTMLOutputElement)
  const main = element('main-file', HTMLSelectElement)
  const args = element('args', HTMLInputElement)
  const env = element('env', HTMLInputElement)
  const inputForm = element('input-form', HTMLFormElement)
  const input = element('input', HTMLInputElement)
  let written = new Set<string>()
  let began = 0
  /** The end of what it has printed to stderr. */
  let lastError = ''

  async function run(): Promise<void> {
    try {
      setState('running', 'fetching packages')
      await parts.ready()
      // What still runs ends before anything of the next run is shown.
      runner.stop()
      const program = programOf(workspace.files, parts.settings())
      setState('running')
      console.clear()
      graph.clear()
      written = new Set()
      began = performance.now()
      parts.began()
      const inForce = describeRules(program.rules)
      if (inForce !== '') console.say(inForce)
      lastError = ''
      runner.start(program, {
        write(stream, text) {
          console.write(stream, text)
          if (stream === 'stderr') lastError = (lastError + text).slice(-4000)
        },
        omit: console.omit,
        change: takeOver,
        modules: graph.add,
        waits,
        end,
      })
      stopButton.disabled = false
    } catch (error) {
      setState('bad', 'not started')
      parts.complain(error)
    }
  }

  function end(exitCode: number | undefined): void {
    waits(false)
    const taken = ((performance.now() - began) / 1000).toFixed(2)
    if (written.size > 0) console.say(writtenLine([...written]))
    console.flush()
    if (exitCode !== undefined && exitCode !== 0) offerExplanation()
    if (exitCode === undefined) setState('stopped')
    else setState(exitCode === 0 ? 'good' : 'bad', `exit code ${exitCode} · ${taken} s`)
    // A focused button that is disabled would lose the focus to nowhere.
    if (document.activeElement === stopButton) runButton.focus()
    stopButton.disabled = true
  }

  /** Where a module was not found, the trace tells which places were looked at. */
  function offerExplanation(): void {
    const error = withoutAnsi(lastError)
    const imported = missingImport.exec(error)
    const [, specifier, from] = imported ?? missingRequire.exec(error) ?? []
    if (specifier === undefined || from === undefined) return
    console.say(`Where was ${specifier} looked for?`, {
      label: 'Explain',
      act: () => parts.explain(specifier, from, imported ? 'import' : 'require'),
    })
  }

  /** What the program has done to its files is done to those of the page. */
  function takeOver(files: News['files']): void {
    const edits = new Map<string, string | Uint8Array | null>()
    for (const [path, contents] of files) {
      if (contents === null) {
        // Also what the same message has brought.
        const gone = [...pathsWithin(workspace.files, path), ...edits.keys(), ...written]
        for (const each of gone.filter((one) => isWithin(one, path))) {
          edits.set(each, null)
          written.delete(each)
        }
      } else {
        edits.set(path, contents)
        if (!path.endsWith('/')) written.add(path)
      }
    }
    workspace.apply(edits, 'program')
  }

  function waits(forInput: boolean): void {
    inputForm.hidden = !forInput
    if (!forInput) return
    setState('running', 'waits for a line of input')
    // Right after a click on Run, and not in the middle of somebody's typing.
    if (performance.now() - began < 2000) input.focus()
  }

  function setState(kind: 'running' | 'good' | 'bad' | 'stopped', text: string = kind): void {
    state.className = kind
    state.textContent = text
  }

  function showMainFiles(selected: string): void {
    const own = [...workspace.files.keys()].filter(
      (path) => isScript(path) && !path.includes('/node_modules/'),
    )
    const paths = own.includes(selected) ? own : [...own, selected]
    main.replaceChildren(...paths.sort().map((path) => new Option(shortPath(path), path)))
    main.value = selected
  }

  const changed = () =>
    parts.changed({
      ...parts.settings(),
      main: main.value,
      args: args.value,
      env: env.value,
    })
  for (const field of [main, args, env]) field.addEventListener('input', changed)
  workspace.onChange((_, origin) => {
    if (origin !== 'editor') showMainFiles(parts.settings().main)
  })
  element('command', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    run()
  })
  stopButton.addEventListener('click', runner.stop)
  inputForm.addEventListener('submit', (event) => {
    event.preventDefault()
    runner.input(`${input.value}\n`)
    input.value = ''
    setState('running')
  })
  element('end-input', HTMLButtonElement).addEventListener('click', () => runner.input(null))

  return {
    run,
    show(settings) {
      args.value = settings.args
      env.value = settings.env
      showMainFiles(settings.main)
    },
  }
}

function writtenLine(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map(shortPath).join(', ')
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : ''
  return `Written: ${shown}${more}`
}
