/** Trace, modules, overrides, samples, what is kept, and links. */
import { beforeEach, describe, expect, test } from 'vitest'
import { usePlayground } from './playground.ts'

const user = usePlayground()

beforeEach(() => user.open())

async function explain(specifier: string): Promise<{ steps: string; answer: string }> {
  await user.page.locator('#specifier').fill(specifier)
  await user.page.getByRole('button', { name: 'Explain' }).click()
  await user.page.locator('#answer', { hasText: /\S/ }).waitFor()
  const steps = await user.page.locator('#steps li').allTextContents()
  return { steps: steps.join('\n'), answer: await user.page.locator('#answer').innerText() }
}

describe('the trace', () => {
  test('explains a request from any file, and each step leads to its file', async () => {
    await user.tabTo('tab-console')
    await user.press('ArrowRight')
    const found = await explain('handlebars')
    expect(found.answer).toBe('Resolved to /app/node_modules/handlebars/lib/index.js')

    const imported = await explain('#rooms')
    expect(imported.answer).toBe('Resolved to /app/lib/rooms.json')
    expect(imported.steps).toMatch(/matched.*node.*condition/)
    await user.page.locator('#steps').getByRole('button', { name: 'node', exact: true }).click()
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/package.json')
    expect(await user.page.locator('.cm-activeLine').first().textContent()).toContain('"node"')

    const missing = await explain('./nowhere')
    expect(missing.steps).toContain('absent /app/nowhere.js')
    expect(missing.answer).toBe(
      "Not resolved Error: Cannot find module './nowhere'\nRequire stack:\n- /app/index.js",
    )
    await user.page.locator('#mode').selectOption('import')
    const unextended = await explain('./lib/bill')
    expect(unextended.steps).toContain('import tries no extensions')
    expect(unextended.answer).toContain('Did you mean to import "./lib/bill.js"?')
    await user.page.locator('#mode').selectOption('require')
    expect((await explain('node:fs')).answer).toBe('A builtin of node: node:fs')

    // From a file that is typed, and not the one in the editor.
    await user.page.locator('#from').fill('/app/node_modules/handlebars/lib/index.js')
    expect((await explain('source-map')).answer).toContain('/app/node_modules/source-map/')
    await user.page.locator('#from').fill('/app/none.js')
    await user.page.getByRole('button', { name: 'Explain' }).click()
    await user.said('There is no file /app/none.js that could ask for something.')
  })
})

test('the trace begins with a request that the program can make', async () => {
  await user.tab('Trace')
  for (const [sample, request] of [
    ['Markdown: marked', 'marked'],
    ['Plugins and overrides', 'fs'],
  ] as const) {
    await user.choose(sample)
    expect(await user.page.locator('#specifier').inputValue()).toBe(request)
    await user.page.getByRole('button', { name: 'Explain' }).click()
    const answer = user.page.locator('#answer.resolved, #answer.unresolved')
    await answer.waitFor()
    expect(await answer.getAttribute('class'), (await answer.textContent()) ?? '').toBe('resolved')
  }
})

test('the console offers to explain what was not found', async () => {
  await user.write('index.js', "require('./lib/none')")
  await user.run('exit code 1')
  expect(await user.output('stderr')).toMatch(
    /^\/app\/index\.js:1\nrequire\('\.\/lib\/none'\)\n\^\n\nError: Cannot find/,
  )
  await user.page.locator('#console').getByRole('button', { name: 'Explain' }).click()
  await user.page.locator('#answer.unresolved').waitFor()
  expect(await user.page.locator('#steps').textContent()).toContain('/app/lib/none.json')
})

describe('the modules of a run', () => {
  test('are listed with their times, in any order, and lead to their files', async () => {
    await user.write(
      'index.js',
      `const wait = Date.now() + 60
       while (Date.now() < wait);
       require('./lib/bill')
       require('os')
       setTimeout(() => require('./late'), 20)`,
    )
    await user.run('exit code 1')
    await user.tab('Modules')
    await user.page.getByText(/files and \d+ builtins loaded in [\d.]+ ms/).waitFor()
    const rows = async () =>
      (await user.page.locator('#modules-body tr').allInnerTexts()).map((row) => row.split('\t'))
    const asLoaded = await rows()
    expect(asLoaded[0]?.[0]).toContain('index.js')
    expect(asLoaded.map(([name]) => name)).toContain('node:os')
    expect(Number(asLoaded[0]?.[1])).toBeGreaterThan(55)
    await user.page.getByRole('button', { name: 'with what it loads' }).click()
    const byTotal = (await rows()).map((row) => Number(row[2]))
    expect(byTotal).toEqual([...byTotal].sort((a, b) => b - a))
    expect(await user.page.locator('#modules-chart .bar').count()).toBeGreaterThan(1)
    await user.page.getByRole('button', { name: 'lib/bill.js' }).click()
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/lib/bill.js')
  })
})

describe('overrides', () => {
  test('of the next run are said, shown as code, and met by the program', async () => {
    await user.write(
      'index.js',
      `const fs = require('fs')
       for (const attempt of [() => fs.writeFileSync('a', ''), () => require('net'), () => require('ms')('1 day')]) {
         try { console.log(attempt()) } catch (error) { console.log(error.message) }
       }
       console.log(fs.readFileSync('package.json', 'utf8').length > 0)`,
    )
    await user.tab('Overrides')
    await user.page
      .getByText('Nothing is in force: the program gets every module that it asks for.')
      .waitFor()
    await user.page.getByRole('checkbox', { name: 'fs can read but not write' }).check()
    await user.page.getByLabel('Builtin or package').fill('./net')
    await user.press('Enter')
    await user.page
      .getByText('Only names can be overridden: builtins and packages, not files.')
      .waitFor()
    await user.page.getByLabel('Builtin or package').fill('node:net')
    await user.press('Enter')
    await user.page.getByLabel('Builtin or package').fill('ms')
    await user.page.getByLabel('is', { exact: true }).selectOption('another module')
    await user.page.getByLabel('namely').fill('./lib/rooms.json')
    await user.press('Enter')
    await user.page
      .getByText(
        'In force: fs can read but not write; net is forbidden; ms is /app/lib/rooms.json.',
      )
      .waitFor()
    expect(await user.page.locator('#rules-code').textContent()).toBe(
      "createLoader({\n  fs: createReadOnly(volume),\n  overrides: {\n    'net': false,\n    'ms': '/app/lib/rooms.json',\n  },\n})",
    )
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe(
      [
        "EROFS: read-only file system, open 'a'",
        "Cannot load 'net': it is forbidden by createLoader({ overrides: { 'net': false } }) (requested from /app/index.js)",
        'require(...) is not a function',
        'true',
      ].join('\n'),
    )
    await user.tab('Overrides')
    await user.page.getByRole('button', { name: 'Remove the override of ms' }).click()
    await user.run('exit code 0')
    expect(await user.output('stdout')).toContain('86400000')
    await user.tab('Trace')
    expect((await explain('net')).answer).toContain("Forbidden Cannot load 'net'")
    expect(await user.output('note')).toBe('In force: fs can read but not write; net is forbidden.')
  })
})

describe('samples', () => {
  test('run', async () => {
    const runs: [sample: string, says: RegExp][] = [
      ['A command: minimist and chalk', /Aurora, Porto Alegre\n(.*\n)*That is more|A bargain/],
      ['Markdown: marked', /welcome\.md -> site\/welcome\.html, \d+ bytes\nWritten: site/],
      [
        'The TypeScript compiler',
        /has written: \[ 'stay\.js' \]\nAda stays for 3 nights, that is 195/,
      ],
      ['Plugins and overrides', /long-stay: ok\nthank-you: ok\ntracker: Cannot load 'net'/],
    ]
    for (const [sample, says] of runs) {
      await user.choose(sample)
      await user.run('exit code 0')
      expect(await user.output(), sample).toMatch(says)
    }
    await user.choose('Timers, streams and a line of input')
    await user.run('waits for a line of input')
    expect(await user.focused()).toBe('input')
    await user.type('Ada')
    await user.press('Enter')
    await user.page.locator('#state', { hasText: 'exit code 0' }).waitFor()
    expect(await user.output()).toMatch(
      /Welcome, Ada ! \n1400 bytes became \d+\nand back: Welcome, Ada! Welcome, Ada! We/,
    )
  })

  test('keep their edits apart and across reloads, until they are reset', async () => {
    await user.write('index.js', "console.log('mine')")
    await user.page.locator('#args').fill('--kept')
    await user.page.locator('#edited', { hasText: 'edited' }).waitFor()
    await user.choose('Markdown: marked')
    expect(await user.text()).toContain("require('marked')")
    await user.choose('Templates: handlebars')
    expect(await user.text()).toBe("console.log('mine')")
    await user.row('package.json').click()
    await user.page.waitForTimeout(400)
    await user.page.reload()
    await user.ready()
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/package.json')
    expect(await user.page.locator('#args').inputValue()).toBe('--kept')
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('mine')

    await user.page.getByRole('button', { name: 'Reset' }).click()
    await user.said('all files and settings are as they were at first.')
    expect(await user.page.locator('#args').inputValue()).toBe('')
    expect(await user.text()).toContain("require('semver')")
    await user.page.getByRole('button', { name: 'Undo' }).click()
    expect(await user.text()).toBe("console.log('mine')")
    expect(await user.page.locator('#args').inputValue()).toBe('--kept')
  })
})

describe('what is kept', () => {
  test('is the same in two tabs, so that none writes over the other', async () => {
    const { page } = user
    const other = await page.context().newPage()
    await other.goto(user.address)
    await other.locator('html[data-editor]').waitFor()
    await user.replaceText("console.log('from the first')")
    await page.locator('#args').fill('--first')
    await other.locator('.cm-content', { hasText: 'from the first' }).waitFor()
    await expect.poll(() => other.locator('#args').inputValue()).toBe('--first')
    await other.getByRole('treeitem', { name: 'package.json' }).focus()
    await other.keyboard.press('Delete')
    await user.row('package.json').waitFor({ state: 'detached' })
    await other.close()
    await page.waitForTimeout(400)
    await page.reload()
    await page.locator('html[data-editor]').waitFor()
    expect(await user.text()).toBe("console.log('from the first')")
    expect(await user.row('package.json').count()).toBe(0)
  })

  test('is nothing where the browser keeps nothing, and that is said', async () => {
    await user.page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { value: undefined })
    })
    await user.page.reload()
    await user.said('This browser lets the page keep nothing')
    await user.ready()
    await user.replaceText("console.log('here')")
    await user.run('exit code 0')
    await user.press('Control+s')
    await user.said('what you change is gone when you leave')
    await user.choose('Markdown: marked')
    await user.choose('Templates: handlebars')
    expect(await user.text()).toBe("console.log('here')")
  })
})

describe('a link', () => {
  async function share(): Promise<string> {
    await user.page.getByRole('button', { name: 'Share' }).click()
    await user.page.getByRole('button', { name: 'Copy' }).click()
    await user.page.getByRole('button', { name: 'Copied' }).waitFor()
    const link = await user.page.evaluate(() => navigator.clipboard.readText())
    await user.press('Escape')
    return link
  }

  test('carries a program, and never overwrites what is there', async () => {
    await user.write('index.js', "console.log('shared', process.argv[2])")
    await user.page.locator('#args').fill('now')
    const link = await share()
    expect(link).toMatch(/#program=[\w-]+$/)
    await user.write('index.js', "console.log('mine')")
    await user.page.waitForTimeout(400)

    await user.goto(link)
    await user.page.reload()
    await user.ready()
    expect(await user.text()).toBe("console.log('shared', process.argv[2])")
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('shared now')
    await user.write('index.js', "console.log('edited')")
    await user.page.waitForTimeout(400)

    // The sample is as it was left, and so is the link's program.
    await user.choose('Templates: handlebars')
    expect(await user.text()).toBe("console.log('mine')")
    expect(user.page.url()).not.toContain('#')
    await user.goto(link)
    await user.said('You have opened this link before: here it is as you left it.')
    expect(await user.text()).toBe("console.log('edited')")
    await user.page.getByRole('button', { name: 'Reset' }).click()
    await user.said('as they were at first')
    expect(await user.text()).toBe("console.log('shared', process.argv[2])")
    await user.page.getByRole('button', { name: 'Remove', exact: true }).click()
    await user.said('The program from the link is removed.')
    expect(await user.text()).toBe("console.log('mine')")
    const options = await user.page.locator('#sample option').allTextContents()
    expect(options.filter((each) => each.includes('link'))).toEqual([])
    await user.page.getByRole('button', { name: 'Undo' }).click()
    await user.page
      .locator('#sample option', { hasText: 'from a link' })
      .waitFor({ state: 'attached' })
    expect(await user.text()).toBe("console.log('shared', process.argv[2])")
  })

  test('is opened by another browser', async () => {
    await user.write('index.js', "console.log('shared')")
    const link = await share()
    await user.open({}, link)
    await user.said('A program that came by a link: read it before you run it.')
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('shared')
  })

  test('that is too large or damaged says so', async () => {
    await user.write(
      'index.js',
      "let n = 1\nconst random = () => (n = (n * 48271) % 2147483647)\nlet text = ''\nwhile (text.length < 40_000) text += random().toString(36)\nrequire('fs').writeFileSync('large.txt', text)",
    )
    await user.run('exit code 0')
    await user.page.getByRole('button', { name: 'Share' }).click()
    await user.page
      .getByText(/The program is too large for a link: packed it takes \d+ KB/)
      .waitFor()
    await user.press('Escape')
    await user.open({}, `${user.address}#program=abc`)
    await user.said('The link is damaged: its end may have been cut off on the way.')
    expect(await user.text()).toContain("require('semver')")
  })
})
