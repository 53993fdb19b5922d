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

/** The browsers that tests drive. `CHROMIUM` and `FIREFOX` name others than Debian's. */
export function ensureBrowsers() {
  ensureBrowser('chromium', 'CHROMIUM', 'playwright-core')
  ensureBrowser('firefox-esr', 'FIREFOX', 'puppeteer-core')
}

/**
 * @param {string} name Debian's package and command
 * @param {string} variable
 * @param {string} driver what a test imports that needs it
 */
function ensureBrowser(name, variable, driver) {
  const browser = process.env[variable] ?? `/usr/bin/${name}`
  if (existsSync(browser) || !testsName(driver)) return
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new Error(
      `no browser at ${browser}: install ${name} and name it in the variable ${variable}`,
    )
  }
  console.log(`installing ${name}`)
  const install = ['install', '-y', '--no-install-recommends', name]
  if (!run('apt-get', ['update', '-qq'], root) || !run('apt-get', ['-qq', ...install], root)) {
    throw new Error(`${name} could not be installed`)
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
