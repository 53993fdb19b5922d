const { sep } = require('path')

const packages = `${__dirname.slice(0, -'programs'.length)}node_modules${sep}`

/**
 * Runs the calls of a program one after the other and prints, as one line of JSON, what each gave or how it failed, and
 * which files of packages were loaded.
 * @param {Record<string, () => unknown>} calls
 */
module.exports = async function report(calls) {
  const outcomes = {}
  for (const [name, call] of Object.entries(calls)) {
    try {
      outcomes[name] = { value: await call() }
    } catch (error) {
      const { code, message, requireStack } = error
      outcomes[name] = { thrown: { name: error.name, code, message, requireStack } }
    }
  }
  const loaded = Object.keys(require.cache).filter((path) => path.startsWith(packages))
  const files = loaded.map((path) => path.slice(packages.length)).sort()
  console.log(JSON.stringify({ calls: outcomes, files }))
}
