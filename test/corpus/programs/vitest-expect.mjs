import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  equals,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect'

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)
const expect = (value, message) => chai.expect(value, message)
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT])

export function passed() {
  expect({ a: [1, { b: 2 }] }).toEqual({ a: [1, { b: 2 }] })
  expect([3, 1]).toContain(1)
  expect(() => {
    throw new TypeError('bad')
  }).toThrow(/bad/)
  expect({ a: 'text', n: 1 }).toMatchObject({
    a: expect.stringContaining('ex'),
    n: expect.any(Number),
  })
  return [
    equals(new Set([1]), new Set([1])),
    equals({ a: undefined }, {}),
    typeof getState(globalThis[GLOBAL_EXPECT] ?? expect),
    typeof setState,
  ]
}
export async function later() {
  await expect(Promise.resolve(4)).resolves.toBe(4)
  return await expect(Promise.reject(new Error('no')))
    .rejects.toThrow('yes')
    .catch(({ message }) => message)
}
export function messages() {
  const told = (check) => {
    try {
      check()
    } catch ({ message, actual, expected }) {
      return [message, actual, expected]
    }
  }
  return [
    told(() => expect([1, 2]).toEqual([1, 3])),
    told(() => expect('abc').toHaveLength(4)),
    told(() => expect(0.1 + 0.2).toBeCloseTo(0.4)),
  ]
}
export const failing = () => expect(1).toBe(2)
