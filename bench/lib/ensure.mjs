/** The packages that the benchmarks load, and the peers: installed when they are missing, by `npm ci`. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const packagesDirectory = fileURLToPath(new URL('../packages', import.meta.url))

export function ensurePackages() {
  if (isInstalled()) return
  console.error('installing the packages of bench/packages')
  const { status } = spawnSync('npm', ['ci'], {
    cwd: packagesDirectory,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error('npm ci failed in bench/packages')
}

/** Whether what npm has noted as installed is what the lock asks for. */
function isInstalled() {
  const noted = join(packagesDirectory, 'node_modules/.package-lock.json')
  if (!existsSync(noted)) return false
  const installed = lockedPackages(noted)
  const wanted = lockedPackages(join(packagesDirectory, 'package-lock.json'))
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      // Optional ones are mostly binaries for other machines.
      path === '' || optional || installed[path]?.version === version,
  )
}

/** @param {string} lock @returns {Record<string, { version: string, optional?: boolean }>} */
function lockedPackages(lock) {
  return JSON.parse(readFileSync(lock, 'utf8')).packages
}
