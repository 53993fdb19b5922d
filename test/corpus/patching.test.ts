/** M7: packages that patch the loader from within do in the guest what they do on node. */
import { expect, test } from 'vitest'
import { askNode, askNodeHost } from './run.ts'

test.each(['proxyquire', 'mock-require', 'rewire'])(
  'M7 %s works as on node',
  async (name) => {
    const expected = await askNode(name)
    expect(Object.values(expected).filter((outcome) => 'value' in outcome).length).toBeGreaterThan(
      2,
    )
    expect(await askNodeHost(name)).toEqual(expected)
  },
  60_000,
)
