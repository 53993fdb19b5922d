/**
 * Makes the calls of a program one after the other, and tells what each gave or how it failed.
 * @param {Record<string, () => unknown>} calls
 */
module.exports = async function outcomesOf(calls) {
  const outcomes = {}
  for (const [name, call] of Object.entries(calls)) {
    try {
      outcomes[name] = { value: await call() }
    } catch (error) {
      const { code, message, requireStack } = error
      outcomes[name] = { thrown: { name: error.name, code, message, requireStack } }
    }
  }
  return outcomes
}
