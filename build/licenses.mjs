/** The licence texts that travel with the libraries which are built in. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} root
 * @param {Iterable<string>} files What was bundled, relative to `root`.
 */
export function licenses(root, files) {
  const directories = new Set()
  for (const file of files) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)
    if (match) directories.add(match[1])
  }
  /** Many packages share one text to the letter. @type {Map<string, string[]>} */
  const owners = new Map()
  for (const directory of [...directories].sort()) {
    const text = licenseText(join(root, directory))
    owners.set(text, [...(owners.get(text) ?? []), title(join(root, directory))])
  }
  const parts = [...owners].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`)
  return `lodger contains code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

/** @param {string} directory */
function title(directory) {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  )
  const by = typeof author === 'object' ? author.name : author
  return `${name} ${version} (${license})${by ? `, ${by}` : ''}`
}

/** @param {string} directory */
function licenseText(directory) {
  const names = readdirSync(directory).filter((name) => /^(licen[cs]e|notice)/i.test(name))
  return names.map((name) => readFileSync(join(directory, name), 'utf8').trim()).join('\n\n')
}
