const { sep } = require('path')
const outcomesOf = require('./outcomes.cjs')

const packages = `${__dirname.slice(0, -'programs'.length)}node_modules${sep}`

/**
 * Prints, as one line of JSON, the outcomes of a program's calls, and which files of packages were loaded.
 * @param {Record<string, () => unknown>} calls
 */
module.exports = async function report(calls) {
  const outcomes = await outcomesOf(calls)
  const loaded = Object.keys(require.cache).filter((path) => path.startsWith(packages))
  const files = loaded.map((path) => path.slice(packages.length)).sort()
  console.log(JSON.stringify({ calls: outcomes, files }))
}
