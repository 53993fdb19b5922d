const { mkdirSync, mkdtempSync, rmSync } = require('fs')
const { tmpdir } = require('os')
const { join } = require('path')

/**
 * Lends a directory of its own to what writes files.
 * @template Result
 * @param {(directory: string) => Promise<Result> | Result} use
 */
module.exports = async function scratch(use) {
  mkdirSync(tmpdir(), { recursive: true })
  const directory = mkdtempSync(join(tmpdir(), 'lodger-corpus-'))
  try {
    return await use(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}
