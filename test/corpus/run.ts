/** Runs a program of the corpus on node and on each host of lodger; what it printed is the answer. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import variant from '@jitl/quickjs-wasmfile-release-sync'
import { createLoader as createRealmLoader } from 'lodger'
import { createLoader as createNodeLoader } from 'lodger/hosts/node'
import { createLoader as createQuickJsLoader, readScript } from 'lodger/hosts/quickjs'
import { createLoader as createVmLoader } from 'lodger/hosts/vm'
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'
import type { Browsing } from '../hosts/browser.ts'
import { corpus, filesOf, programOf } from './packages.ts'

/** The outcome of each call of a program. */
export type Answer = Record<string, { value: unknown } | { thrown: { code?: string } }>

const binary =
  process.env.LODGER_ORACLE_NODE ??
  fileURLToPath(new URL('../oracle/node_modules/node/bin/node', import.meta.url))

/** lodger has no ES modules yet: node is told not to have them either. */
const flags = ['--no-require-module', '--no-experimental-detect-module', '--no-warnings']

export function askNode(name: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { env: {}, cwd: corpus, maxBuffer: 1 << 26 }
    execFile(binary, [...flags, programOf(name)], options, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(JSON.parse(stdout)),
    )
  })
}

/** The loader's own node over the real disk. */
export function askNodeHost(name: string): Promise<Answer> {
  return answerOf((write) =>
    createNodeLoader({ cwd: corpus, host: { write } }).main(programOf(name)),
  )
}

/** `lodger` itself over a volume. */
export function askVolume(name: string): Promise<Answer> {
  return answerOf((write) =>
    createRealmLoader({ fs: filesOf(name), cwd: corpus, host: { write } }).main(programOf(name)),
  )
}

/** A realm without anything but the language. */
export function askBareVm(name: string): Promise<Answer> {
  return answerOf((write) =>
    createVmLoader({ bare: true, fs: filesOf(name), cwd: corpus, host: { write } }).main(
      programOf(name),
    ),
  )
}

export async function askQuickJs(name: string): Promise<Answer> {
  const engine = await newQuickJSWASMModuleFromVariant(variant)
  const script = await readScript()
  let output = ''
  const loader = createQuickJsLoader({
    engine,
    script,
    fs: filesOf(name),
    cwd: corpus,
    host: { write: (_, text) => (output += text) },
  })
  loader.main(programOf(name))
  await loader.drain()
  loader.dispose()
  return parse(output)
}

export async function askChromium(name: string, browsing: Browsing): Promise<Answer> {
  browsing.files['/files.json'] = JSON.stringify(filesOf(name))
  browsing.files['/corpus'] = `<!doctype html><meta charset="utf-8"><script type="module">
    import { createLoader } from '/lodger/hosts/page/index.js'
    window.createLoader = createLoader
  </script>`
  const { page } = await browsing.open('/corpus')
  try {
    const output = await page.evaluate(
      async ([cwd, program]) => {
        const { createLoader } = window as unknown as typeof import('lodger/hosts/page')
        const fs: Record<string, string> = await (await fetch('/files.json')).json()
        return new Promise<string>((resolve) => {
          let text = ''
          const write = (_: string, more: string) => {
            text += more
            if (text.endsWith('\n')) resolve(text)
          }
          createLoader({ fs, cwd, host: { write } }).main(program)
        })
      },
      [corpus, programOf(name)] as const,
    )
    return parse(output)
  } finally {
    await page.close()
  }
}

/** What was printed until the first line was whole. */
async function answerOf(
  run: (write: (stream: 'stdout' | 'stderr', text: string) => void) => unknown,
): Promise<Answer> {
  let output = ''
  let printed = () => {}
  const done = new Promise<void>((resolve) => {
    printed = resolve
  })
  run((_, text) => {
    output += text
    if (output.endsWith('\n')) printed()
  })
  await done
  return parse(output)
}

function parse(output: string): Answer {
  try {
    return JSON.parse(output)
  } catch {
    throw new Error(`not one line of JSON: ${output}`)
  }
}
