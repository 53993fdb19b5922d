/** ES modules in the playground. */
import { beforeEach, describe, expect, test } from 'vitest'
import { usePlayground } from './playground.ts'

const user = usePlayground()

beforeEach(async () => {
  await user.open()
  await user.page.locator('#sample').selectOption('ES modules')
  await user.row('package.json').waitFor()
})

describe('ES modules', () => {
  test('of the sample: a package, JSON, CommonJS both ways, live bindings, await at the top', async () => {
    await user.run('exit code 0')
    const lines = (await user.output('stdout')).split('\n')
    expect(lines.slice(0, 4)).toEqual([
      '/app/index.js is the main module: true',
      '5 rooms are free',
      '1 rooms are free',
      'Ada       garden   207',
    ])
    expect(await user.output('stderr')).toBe('')
  })

  const endings: [what: string, program: string, exitCode: number, stderr: RegExp][] = [
    [
      'that throws',
      "import './lib/rooms.json' with { type: 'json' }\n\nfunction greet() {\n  null.x\n}\ngreet()",
      1,
      /^\/app\/index\.js:4\n {2}null\.x\n {7}\^\n\nTypeError: .*\n {4}at greet \(file:\/\/\/app\/index\.js:4:8\)\n/,
    ],
    [
      'that throws behind an await',
      "await 1\nthrow new TypeError('late')",
      1,
      /^\/app\/index\.js:2\nthrow new TypeError\('late'\)\n\^\n\nTypeError: late\n/,
    ],
    [
      'that stops being JavaScript',
      "import x from './lib/report.js'\nconst a = ",
      1,
      /^file:\/\/\/app\/index\.js:2\nconst a = \n {9,10}\^\n\nSyntaxError: Unexpected end of input/,
    ],
    [
      'that imports a name which is not there',
      "import { nope } from './lib/report.js'",
      1,
      /^file:\/\/\/app\/index\.js:1\nimport \{ nope \} from '\.\/lib\/report\.js'\n {9}\^{4}\nSyntaxError: .* 'nope'/,
    ],
    ['that awaits what never comes', 'await new Promise(() => {})', 13, /^Warning: .*index\.js$/],
  ]
  test.each(endings)('one %s', async (_, program, exitCode, stderr) => {
    await user.write('index.js', program)
    await user.run(`exit code ${exitCode}`)
    expect(await user.output('stderr')).toMatch(stderr)
  })

  test('are in the panel of modules, below who imported them first, while the program runs', async () => {
    await user.write(
      'index.js',
      "import { total } from './lib/prices.cjs'\nimport './lib/report.js'\nawait import('./lib/rooms.json', { with: { type: 'json' } })\nawait new Promise((done) => setTimeout(done, 1000))\nconsole.log('going on')\nfor (;;);",
    )
    await user.press('Control+Enter')
    await user.page.locator('.stdout', { hasText: 'going on' }).waitFor()
    await user.tab('Modules')
    const names = user.page.locator('#modules-body th')
    await names.filter({ hasText: 'rooms.json' }).waitFor()
    const shown = await names.evaluateAll((all) =>
      all.map((each) => {
        const depth = Number((each as HTMLElement).style.getPropertyValue('--depth'))
        return `${'  '.repeat(depth)}${each.textContent}`
      }),
    )
    expect(shown.sort()).toEqual(
      [
        'index.js not finished',
        '  lib/prices.cjs',
        '    lib/tariff.js',
        '  lib/report.js',
        '    node:util',
        '  lib/rooms.json',
      ].sort(),
    )
    await user.page.getByRole('button', { name: 'lib/tariff.js' }).click()
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/lib/tariff.js')
  })

  test('places in them are links', async () => {
    await user.write('index.js', "import report from './lib/report.js'\nreport(null)")
    await user.run('exit code 1')
    const place = /^file:\/\/\/app\/lib\/report\.js:4:\d+$/
    await user.page.getByRole('button', { name: place }).first().click()
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/lib/report.js')
  })
})
