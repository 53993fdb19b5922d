/** TypeScript and JSX in the playground. */
import { beforeEach, describe, expect, test } from 'vitest'
import { usePlayground } from './playground.ts'

const user = usePlayground()

async function open(sample: string): Promise<void> {
  await user.open()
  await user.page.locator('#sample').selectOption(sample)
  await user.row('package.json').waitFor()
}

describe('TypeScript', () => {
  beforeEach(() => open('TypeScript'))

  test('of the sample: several files, an enum, and an error that is printed', async () => {
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe(
      'Ada: 3 nights in Winter, 144\nGrace: 7 nights in Summer, 455',
    )
    expect(await user.output('stderr')).toMatch(/^RangeError: Barbara does not stay at all\n/)
  })

  test('that is none is told with its place, and does not run', async () => {
    await user.write('index.ts', "console.log('ran')\nconst a: = 1")
    await user.run('exit code 1')
    expect(await user.output('stdout')).toBe('')
    expect(await user.output('stderr')).toMatch(
      /\/app\/index\.ts:2:10: .*\n\n[\s\S]*> 2 \| const a: = 1/,
    )
    await user.page.getByRole('button', { name: '/app/index.ts:2:10' }).waitFor()
  })
})

test('JSX of the sample is rendered, and what it writes appears', async () => {
  await open('JSX: preact')
  await user.run('exit code 0')
  expect(await user.output('stdout')).toContain('<h1>Front desk</h1>')
  expect(await user.output('note')).toBe('Written: board.html')
})
