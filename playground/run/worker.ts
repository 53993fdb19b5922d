/** The worker: runs one program in its life, and explains as many requests as it is asked before that. */
import type { TraceStep } from 'lodger/hosts/page'
import { createProgramLoader, type Guest, startGuest } from './guest.ts'
import type { Answer, FromWorker, Program, Question, ToWorker } from './protocol.ts'
import { useNodeStacks } from './stacks.ts'
import { transpilerFor } from './transpiler.ts'

const post = (message: FromWorker) => postMessage(message)

let guest: Guest | undefined

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'input') guest?.input(data.text)
  if (data.kind === 'run') run(data.program)
  if (data.kind === 'explain') {
    explain(data).then((answer) => post({ kind: 'explained', number: data.number, answer }))
  }
})

async function run(program: Program): Promise<void> {
  const transpile = await transpilerFor(program)
  guest = startGuest(program, transpile, post, {
    waits: (forInput) => post({ kind: 'waiting', forInput }),
    end: (exitCode) => post({ kind: 'end', exitCode }),
  })
}

async function explain(question: Question): Promise<Answer> {
  const { program, specifier, from, mode } = question
  const transpile = await transpilerFor(program)
  const loader = createProgramLoader(program, transpile, { change() {} })
  const { error, ...explanation } = loader.explain(specifier, from, { mode })
  loader.dispose('explained')
  return {
    ...explanation,
    steps: [...explanation.steps, ...refusals(program, specifier)],
    error: error && { name: error.name, message: error.message },
  }
}

/** What the rules of the page forbid is found all the same, and refused when it is loaded. */
function refusals({ rules }: Program, specifier: string): TraceStep[] {
  const id = specifier.replace(/^node:/, '')
  const isForbidden = rules.list.some((rule) => rule.id === id && rule.instead === false)
  const reason = `Cannot load '${id}': the panel Overrides forbids it`
  return isForbidden
    ? [{ operation: 'override', subject: specifier, outcome: 'matched', reason }]
    : []
}

useNodeStacks()
post({ kind: 'ready' })
