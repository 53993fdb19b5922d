'use strict'
// The node side of the oracle: `node [flags] run-on-node.cjs <input.json> <output.jsonl>`.
// Each case of the input is written to disk and run as `node <main>` would run it; its answer is one line.

const fs = require('node:fs')
const path = require('node:path')
const { Module } = require('node:module')
const { describe, show } = require('./observe.cjs')

const [input, output] = process.argv.slice(2)

const warnings = []
process.on('warning', ({ name, code, message }) => warnings.push({ name, code, message }))

function lay(files) {
  const made = new Set()
  for (const [file, contents] of files) {
    const directory = contents === null ? file : path.dirname(file)
    if (!made.has(directory)) fs.mkdirSync(directory, { recursive: true })
    made.add(directory)
    if (contents === null) continue
    if (typeof contents === 'string') fs.writeFileSync(file, contents)
    else if ('link' in contents) fs.symlinkSync(contents.link, file)
    else fs.writeFileSync(file, Buffer.from(contents.base64, 'base64'))
  }
}

/** The places of the stack's frames that lie below `root`. */
function framesIn(root, error) {
  const places = []
  for (const line of String(error?.stack).split('\n')) {
    const place = /^ {4}at .*?\(?(\/[^()]*:\d+:\d+)\)?$/.exec(line)?.[1]
    if (place?.startsWith(`${root}/`)) places.push(place)
  }
  return places
}

/** Warnings are given on the next tick, and a program may end with a promise. */
const turn = () => new Promise(setImmediate)

async function run(each) {
  lay(each.files)
  fs.mkdirSync(each.cwd, { recursive: true })
  process.chdir(each.cwd)
  // As node's command line does, which knows no relative main.
  const main = path.resolve(each.main)
  process.argv = [process.argv[0], main, ...each.argv]
  // The oracle's own modules are no part of the case.
  for (const name of Object.keys(require.cache)) delete require.cache[name]
  for (const key of Object.keys(Module._pathCache)) delete Module._pathCache[key]
  await turn()
  warnings.length = 0
  const answer = {}
  // Loaders put different numbers of their own frames between ours.
  Error.stackTraceLimit = each.frames ? 200 : 10
  try {
    Module.runMain(main)
    answer.result = show(await process.mainModule.exports)
  } catch (error) {
    answer.thrown = describe(error)
    if (each.frames) answer.frames = framesIn(each.root, error)
  }
  await turn()
  answer.warnings = [...warnings]
  fs.appendFileSync(output, `${JSON.stringify(answer)}\n`)
  process.chdir('/')
  fs.rmSync(each.root, { recursive: true, force: true })
}

async function main() {
  // From here on nothing of this file is on the stack in the middle of a `require`.
  await turn()
  for (const each of JSON.parse(fs.readFileSync(input, 'utf8'))) await run(each)
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
