/** Runs a program of the corpus on each host of lodger; what it printed is the answer. */
import variant from '@jitl/quickjs-wasmfile-release-sync'
import { createLoader, type Host, type Loader } from 'lodger'
import { createLoader as createNodeLoader } from 'lodger/hosts/node'
import { createLoader as createQuickJsLoader, readScript } from 'lodger/hosts/quickjs'
import { createLoader as createVmLoader } from 'lodger/hosts/vm'
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'
import type { Browsing } from '../hosts/browser.ts'
import { lentTo } from './differences.ts'
import { createCorpusVolume, filesOf } from './files.ts'
import type { Answer } from './node.ts'
import { type Command, commandOf, corpus } from './packages.ts'

type Write = Host['write']

/** The loader's own node over the real disk. */
export function askNodeHost(name: string): Promise<Answer> {
  return answerOf(commandOf(name, true), (write, argv) =>
    createNodeLoader({ cwd: corpus, argv, host: { write } }),
  )
}

/** `lodger` itself over a volume. */
export function askVolume(name: string): Promise<Answer> {
  return answerOf(commandOf(name, false), (write, argv) =>
    createLoader({ fs: createCorpusVolume(), cwd: corpus, argv, host: { write } }),
  )
}

/** What a bare realm can be lent of node's powers; any other name is that of a global. */
const powers: Readonly<Record<string, Partial<Host>>> = {
  setTimeout: {
    setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
  },
  fillRandom: {
    fillRandom: (bytes) => void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
  },
  fetch: { fetch: (input, init) => fetch(input as string, init as RequestInit) },
}

/** A realm without anything but the language, and what the package cannot do without. */
export function askBareVm(name: string): Promise<Answer> {
  const lent = lentTo(name)
  const host: Partial<Host> = Object.assign({}, ...lent.map((each) => powers[each]))
  const globals = Object.fromEntries(
    lent.filter((each) => !(each in powers)).map((each) => [each, Reflect.get(globalThis, each)]),
  )
  return answerOf(commandOf(name, false), (write, argv) =>
    createVmLoader({
      bare: true,
      fs: createCorpusVolume(),
      cwd: corpus,
      argv,
      globals,
      host: { ...host, write },
    }),
  )
}

export async function askQuickJs(name: string): Promise<Answer> {
  const engine = await newQuickJSWASMModuleFromVariant(variant)
  const script = await readScript()
  const output = { stdout: '', stderr: '' }
  const command = commandOf(name, false)
  const loader = createQuickJsLoader({
    engine,
    script,
    fs: filesOf(name),
    cwd: corpus,
    argv: argvOf(command),
    host: {
      write: (stream, text) => {
        output[stream] += text
      },
    },
  })
  loader.main(command.main)
  await loader.drain()
  loader.dispose()
  return parse(output)
}

export async function askChromium(name: string, browsing: Browsing): Promise<Answer> {
  const command = commandOf(name, false)
  const files = Object.entries(filesOf(name)).map(([path, contents]) => [
    path,
    typeof contents === 'string' ? contents : [...contents],
  ])
  browsing.files['/files.json'] = JSON.stringify(files)
  browsing.files['/corpus'] = `<!doctype html><meta charset="utf-8"><script type="module">
    import { createLoader } from '/lodger/hosts/page/index.js'
    window.createLoader = createLoader
  </script>`
  const { page, errors } = await browsing.open('/corpus')
  try {
    const output = page.evaluate(
      async ([cwd, main, argv]) => {
        const { createLoader } = window as unknown as typeof import('lodger/hosts/page')
        const files: [string, string | number[]][] = await (await fetch('/files.json')).json()
        const fs = Object.fromEntries(
          files.map(([path, contents]) => [
            path,
            typeof contents === 'string' ? contents : Uint8Array.from(contents),
          ]),
        )
        return new Promise<{ stdout: string; stderr: string }>((resolve, reject) => {
          const output = { stdout: '', stderr: '' }
          const write = (stream: 'stdout' | 'stderr', text: string) => {
            output[stream] += text
            if (output.stdout.endsWith('\n')) resolve(output)
          }
          const loader = createLoader({ fs, cwd, argv, host: { write } })
          Promise.resolve(loader.main(main)).catch(reject)
        })
      },
      [corpus, command.main, argvOf(command)] as const,
    )
    return parse(await inTime(output, () => errors.join('\n')))
  } finally {
    await page.close()
  }
}

/** What was printed until the first line was whole. */
async function answerOf(
  command: Command,
  create: (write: Write, argv: readonly string[]) => Loader,
): Promise<Answer> {
  const output = { stdout: '', stderr: '' }
  let printed = () => {}
  const done = new Promise<void>((resolve) => {
    printed = resolve
  })
  const loader = create((stream, text) => {
    output[stream] += text
    if (output.stdout.endsWith('\n')) printed()
  }, argvOf(command))
  try {
    await inTime(Promise.all([done, loader.main(command.main)]), () => output.stderr)
    return parse(output)
  } finally {
    loader.dispose()
  }
}

/** `main` puts itself into the second place. */
const argvOf = ({ arguments: told }: Command) => ['/usr/local/bin/node', '', ...told]

/** A program that fails beside its calls prints nothing. */
async function inTime<Result>(result: Promise<Result>, tell: () => string): Promise<Result> {
  const late = AbortSignal.timeout(100_000)
  return await Promise.race([
    result,
    new Promise<never>((_, reject) => {
      late.onabort = () => reject(new Error(`no answer in time; ${tell()}`))
    }),
  ])
}

function parse({ stdout, stderr }: { stdout: string; stderr: string }): Answer {
  try {
    return JSON.parse(stdout)
  } catch {
    throw new Error(`not one line of JSON: ${stdout}${stderr}`)
  }
}
