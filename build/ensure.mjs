/**
 * What the commands need, installed when it is missing: so that `npm start` and `npm test` work on a fresh clone.
 * Runs before anything is installed, and therefore imports node's own modules only.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The packages of package-lock.json. */
export function ensurePackages() {
  install(root)
}

/** The node that the oracle suite compares with. */
export function ensureOracle() {
  install(join(root, 'test/oracle'))
}

/** The packages that run on node and on lodger alike. */
export function ensureCorpus() {
  install(join(root, 'test/corpus'))
}

/** What measures the playground. */
export function ensureLighthouse() {
  install(join(root, 'test/lighthouse'))
}

/** The browsers and engines that tests drive. `CHROMIUM`, `FIREFOX` and `JSC` name others than Debian's. */
export function ensureBrowsers() {
  ensureProgram('chromium', 'CHROMIUM', 'playwright-core')
  ensureProgram('firefox-esr', 'FIREFOX', 'puppeteer-core')
  ensureProgram('jsc', 'JSC', '/usr/bin/jsc', 'libjavascriptcoregtk-4.0-bin')
}

/**
 * @param {string} name the command
 * @param {string} variable
 * @param {string} driver what a test mentions that needs it
 * @param {string} [debian] the package that has it
 */
function ensureProgram(name, variable, driver, debian = name) {
  const program = process.env[variable] ?? `/usr/bin/${name}`
  if (existsSync(program) || !testsName(driver)) return
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new Error(
      `there is no ${program}: install ${debian} and name it in the variable ${variable}`,
    )
  }
  console.log(`installing ${debian}`)
  const install = ['install', '-y', '--no-install-recommends', debian]
  if (!run('apt-get', ['update', '-qq'], root) || !run('apt-get', ['-qq', ...install], root)) {
    throw new Error(`${debian} could not be installed`)
  }
}

/** @param {string} directory With a package-lock.json. */
function install(directory) {
  if (isInstalled(directory)) return
  console.log(`installing the packages of ${relative(process.cwd(), directory) || '.'}`)
  if (!run('npm', ['ci'], directory)) throw new Error(`npm ci failed in ${directory}`)
}

/** Whether what npm has noted as installed is what the lock asks for. @param {string} directory */
function isInstalled(directory) {
  const noted = join(directory, 'node_modules/.package-lock.json')
  if (!existsSync(noted)) return false
  const installed = packages(noted)
  return Object.entries(packages(join(directory, 'package-lock.json'))).every(
    ([path, { version, optional }]) =>
      // Optional ones are mostly binaries for other machines.
      path === '' || optional || installed[path]?.version === version,
  )
}

/** @param {string} lock @returns {Record<string, { version: string, optional?: boolean }>} */
function packages(lock) {
  return JSON.parse(readFileSync(lock, 'utf8')).packages
}

/** @param {string} driver */
function testsName(driver) {
  const tests = join(root, 'test')
  return readdirSync(tests, { recursive: true, encoding: 'utf8' }).some(
    (name) =>
      name.endsWith('.ts') &&
      !name.includes('node_modules') &&
      readFileSync(join(tests, name), 'utf8').includes(driver),
  )
}
