/**
 * Runs the calls of a program one after the other and prints, as one line of JSON, what each gave or how it failed.
 * @param {Record<string, () => unknown>} calls
 */
module.exports = async function report(calls) {
  const results = {}
  for (const [name, call] of Object.entries(calls)) {
    try {
      results[name] = { value: await call() }
    } catch (error) {
      const { code, message, requireStack } = error
      results[name] = { thrown: { name: error.name, code, message, requireStack } }
    }
  }
  console.log(JSON.stringify(results))
}
