import pMap, { pMapIterable, pMapSkip } from 'p-map'

export async function limited() {
  let running = 0
  let most = 0
  const doubled = await pMap(
    [1, 2, 3, 4, 5],
    async (value) => {
      most = Math.max(most, ++running)
      await null
      running--
      return value === 3 ? pMapSkip : value * 2
    },
    { concurrency: 2 },
  )
  return [doubled, most]
}
export async function iterated() {
  const seen = []
  for await (const value of pMapIterable(['a', 'b'], async (value) => `${value}!`)) seen.push(value)
  return seen
}
export async function gathered() {
  const failing = pMap([1, 2], (value) => Promise.reject(new Error(String(value))), {
    stopOnError: false,
  })
  const error = await failing.catch((error) => error)
  return [error.name, error.errors.map(({ message }) => message)]
}
export const failing = () => pMap([1], null)
