/** An engine on the other side of the wall: a text goes out and JavaScript comes back, both as JSON. */
import type { Transpile, Transpiled } from '../seams.ts'
import type { Powers } from './serve.ts'

/** What an engine's error says of the place, and of itself. */
const told = ['message', 'code', 'line', 'column', 'loc', 'startLine', 'snippet'] as const

type Answer = Transpiled | { readonly error: object }

/** The guest's end. @param about the engine's own members */
export function transpileBy(powers: Powers, about: object): Transpile {
  const transpile: Transpile = (...request) => {
    const answer = JSON.parse(powers.transpile(JSON.stringify(request))) as Answer
    if ('error' in answer) throw Object.assign(new SyntaxError(), answer.error)
    return answer
  }
  return Object.assign(transpile, about)
}

/** The host's end. */
export function answerTranspile(transpile: Transpile, request: string): string {
  const [source, filename, options] = JSON.parse(request) as Parameters<Transpile>
  try {
    const { code, map } = transpile(source, filename, options)
    return JSON.stringify({ code, map })
  } catch (thrown) {
    const error = Object(thrown) as Record<string, unknown>
    const entries = told.map((name) => [name, error[name]] as const)
    return JSON.stringify({ error: Object.fromEntries(entries) })
  }
}
