/** `lodger explain`: the resolver's own steps for one specifier, readable or as JSON. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fs } from '../hosts/node/builtins.ts'
import { createLoader } from '../hosts/node/index.ts'
import type { Explanation, TraceStep } from '../seams.ts'
import { explainHelp } from './help.ts'
import { UsageError } from './usage-error.ts'
import { workingDirectory } from './working-directory.ts'

export function explain(args: readonly string[]): number {
  const { values, positionals } = readArguments(args)
  if (values.help) {
    process.stdout.write(explainHelp)
    return 0
  }
  const [specifier, ...more] = positionals
  if (specifier === undefined || specifier === '') {
    throw new UsageError('no specifier given: lodger explain <specifier>', 'explain')
  }
  if (more.length > 0) {
    throw new UsageError(`one specifier at a time, and here is '${more[0]}' too`, 'explain')
  }
  const { mode = 'require' } = values
  if (mode !== 'require' && mode !== 'import') {
    throw new UsageError(`--mode is 'require' or 'import', not '${mode}'`, 'explain')
  }
  const cwd = workingDirectory('explain')
  const from = resolve(cwd, values.from ?? '.')
  if (!fs.existsSync(from)) {
    throw new UsageError(`--from names '${from}', where there is no file or directory`, 'explain')
  }
  const loader = createLoader({
    env: process.env,
    cwd,
    fs,
    conditions: values.conditions ?? [],
    preserveSymlinks: values['preserve-symlinks'] ?? false,
  })
  // The loader puts a file's name behind a directory.
  const explanation = { ...loader.explain(specifier, from, { mode }), from }
  loader.dispose()
  process.stdout.write(values.json ? asJson(explanation) : asText(mode, explanation))
  return explanation.filename === undefined ? 1 : 0
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        mode: { type: 'string' },
        conditions: { type: 'string', short: 'C', multiple: true },
        'preserve-symlinks': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code?.startsWith('ERR_PARSE_ARGS_')) throw new UsageError(message, 'explain')
    throw error
  }
}

function asJson({ specifier, from, filename, error, steps }: Explanation): string {
  const failure = error && { ...error, name: error.name, message: error.message }
  const shown = { specifier, from, filename: filename ?? null, error: failure ?? null, steps }
  return `${JSON.stringify(shown, null, 2)}\n`
}

function asText(mode: string, explanation: Explanation): string {
  const { specifier, from, filename, error, steps } = explanation
  const end =
    error === undefined
      ? `found: ${filename}`
      : `not resolved: ${error.name}: ${error.message.replaceAll('\n', '\n  ')}`
  return `${mode}('${specifier}') from ${from}\n\n${table(steps)}\n${end}\n`
}

/** One line per step; the subject goes last of the aligned columns, as it may be long. */
function table(steps: readonly TraceStep[]): string {
  const widest = (key: 'operation' | 'outcome') =>
    Math.max(0, ...steps.map((step) => step[key].length))
  const [operation, outcome] = [widest('operation'), widest('outcome')]
  return steps
    .map((step, index) => {
      const number = String(index + 1).padStart(String(steps.length).length)
      const head = `${number}  ${step.outcome.padEnd(outcome)}  ${step.operation.padEnd(operation)}`
      const reason = step.reason === undefined ? '' : `  (${step.reason})`
      return `  ${head}  ${step.subject}${reason}\n`
    })
    .join('')
}
