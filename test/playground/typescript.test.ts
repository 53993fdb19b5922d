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

  test('whatever shows an error: its places are those of the file', async () => {
    const fails =
      'function fail(what: unknown): never { const a = what as string; throw new Error(a) }\n'
    const place = '/app/index.ts:1:71'
    const programs: [program: string, exitCode: number][] = [
      ["fail('thrown')", 1],
      ["setTimeout((): void => fail('called back'), 5)", 1],
      ["await null; fail('after an await')", 1],
      ["void (async (): Promise<void> => fail('rejected'))()", 1],
      ["try { fail('logged') } catch (error) { console.error(error) }", 0],
      ["try { fail('printed') } catch (error) { console.error((error as Error).stack) }", 0],
      [
        "process.on('uncaughtException', (error: Error) => console.error(error))\nfail('handled')",
        0,
      ],
      ["try { fail('inner') } catch (cause) { throw new Error('outer' as string, { cause }) }", 1],
    ]
    for (const [program, exitCode] of programs) {
      await user.write('index.ts', `${fails}${program}\nexport {}`)
      await user.run(`exit code ${exitCode}`)
      const stderr = await user.output('stderr')
      expect(stderr, program).toContain(`    at fail (${place})\n`)
      expect(stderr, program).not.toMatch(/eval|127\.0\.0\.1|lodger:/)
    }
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

describe('errors in TypeScript', () => {
  beforeEach(() => open('Errors in TypeScript'))

  test('are shown with the lines around them, and lead there by keyboard alone', async () => {
    await user.run('exit code 1')
    const stderr = await user.output('stderr')
    expect(stderr).toMatch(
      /^Error: Not everybody could check in\n {4}at checkIn \(\/app\/lib\/desk\.ts:27:11\)\n/,
    )
    expect(stderr).toContain(
      [
        '/app/lib/desk.ts:17:7',
        '  15 |     const key: Key | undefined = this.#keys.get(room as number)',
        '  16 |     if (key === undefined) {',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the program
        '> 17 |       throw new RangeError(`No key for ${name}`)',
        '     |       ^',
        '  18 |     }',
        '  19 |     return key',
        '',
        'RangeError: No key for Grace',
        '    at Desk.keyFor (/app/lib/desk.ts:17:13)',
        '    at Timeout._onTimeout (/app/index.ts:16:37)',
        '',
        'Node.js v26.10.0',
      ].join('\n'),
    )
    await user.tabTo('/app/lib/desk.ts:17:7')
    await user.press('Enter')
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/lib/desk.ts')
    expect(await user.page.locator('.cm-activeLine').first().textContent()).toContain('throw new')
  })
})

test('JSX of the sample is rendered, and what it writes appears', async () => {
  await open('JSX: preact')
  await user.run('exit code 0')
  expect(await user.output('stdout')).toContain('<h1>Front desk</h1>')
  expect(await user.output('note')).toBe('Written: board.html')
})
