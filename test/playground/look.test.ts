/** What can be seen, reached and read of the page: at every width, in both colour schemes. */
import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import { usePlayground } from './playground.ts'

const user = usePlayground()

const colours = `
const names = [30, 31, 32, 33, 34, 35, 36, 37, 90, 91, 92, 93, 94, 95, 96, 97]
for (const stream of [process.stdout, process.stderr]) {
  for (const code of [...names, 1, 2, 4, 7, '38;5;208', '38;2;9;120;200']) stream.write('\\x1b[' + code + 'mtext\\x1b[0m ')
  for (const code of names) stream.write('\\x1b[' + (code + 10) + 'mtext\\x1b[0m ')
  stream.write('\\n')
}
throw Object.assign(new Error('y'), { code: 12 })`

/** @param what a panel, or the whole page */
async function axe(what: string): Promise<void> {
  const builder = new AxeBuilder({ page: user.page })
  if (what.startsWith('#')) builder.include(what)
  const { violations, passes } = await builder.analyze()
  const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
  expect(found, what).toEqual([])
  expect(passes.length).toBeGreaterThan(5)
}

describe.each([
  [1280, 'light'],
  [1280, 'dark'],
  [360, 'light'],
  [360, 'dark'],
] as const)('at %i px, %s', (width, colorScheme) => {
  test('everything fits, and axe finds nothing in any panel', async () => {
    await user.open({ viewport: { width, height: 740 }, colorScheme })
    await user.replaceText(colours)
    await user.run('exit code 1')
    await axe('page')
    await user.tab('Trace')
    await user.page.getByRole('button', { name: 'Explain' }).click()
    await user.page.locator('#answer.resolved').waitFor()
    await axe('#panel-trace')
    await user.tab('Modules')
    await axe('#panel-modules')
    await user.tab('Overrides')
    await user.page.getByLabel('Builtin or package').fill('net')
    await user.press('Enter')
    await axe('#panel-overrides')
    if (width === 360) {
      await user.tab('Files')
      await axe('#panel-files')
    }
    await user.page.getByRole('treeitem', { name: 'package.json' }).focus()
    await user.press('Delete')
    await user.said('package.json is deleted.')
    await user.press('F2')
    await user.page.getByRole('dialog').waitFor()
    await axe('dialog and message')
    await user.press('Escape')
    const { page } = user
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    // Whoever closes a dialog is given the focus back in a moment.
    const outline = () =>
      page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)
    await expect.poll(outline).toBe('solid')
  })
})

test('on a phone all panels are tabs, and lead where they should', async () => {
  await user.open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  const tabs = user.page.getByRole('tab')
  expect(await tabs.allTextContents()).toEqual([
    'Files',
    'Editor',
    'Console',
    'Trace',
    'Modules',
    'Overrides',
  ])
  await user.tab('Files')
  await user.row('lib').tap()
  await user.row('bill.js').tap()
  expect(await user.page.getByRole('tabpanel').getAttribute('id')).toBe('panel-editor')
  await user.replaceText("require('fs')\nthrow new Error('there')")
  await user.page.locator('#main-file').selectOption('lib/bill.js')
  await user.page.getByRole('button', { name: 'Run' }).tap()
  await user.page.getByRole('button', { name: '/app/lib/bill.js:2:7' }).tap()
  expect(await user.page.getByRole('tabpanel').getAttribute('id')).toBe('panel-editor')
  await user.page.getByRole('tab', { name: 'Editor' }).focus()
  await user.press('End')
  expect(await user.focused()).toBe('tab-overrides')
  await user.press('ArrowRight')
  expect(await user.focused()).toBe('tab-files')
})

test('Tab leads once through the page, in and out of the editor', async () => {
  await user.open()
  const order = [
    'sample',
    'download-all',
    'share-open',
    'env',
    'main-file',
    'args',
    'run',
    'new-file',
    'index.js',
    'Text of /app/index.js',
    'tab-console',
    'console',
    'clear',
  ]
  for (const each of order) await user.tabTo(each)
  for (const each of order.reverse()) await user.tabTo(each, 'Shift+Tab')
})

test('the editor has find, undo and a history per file', async () => {
  await user.open()
  await user.page.getByRole('textbox', { name: /^Text of/ }).focus()
  await user.press('Control+f')
  await user.page.keyboard.type('semver')
  expect(await user.page.locator('.cm-searchMatch').count()).toBeGreaterThan(1)
  await user.press('Escape')
  await user.replaceText('changed')
  await user.row('package.json').click()
  await user.row('index.js').click()
  await user.page.getByRole('textbox', { name: /^Text of/ }).focus()
  await user.press('Control+z')
  expect(await user.text()).toContain("require('semver')")
})

test('without CodeMirror there is a plain field, and the rest works', async () => {
  await user.open()
  await user.page.route('**/codemirror*', (route) => route.abort())
  await user.page.reload()
  await user.ready()
  await user.replaceText("console.log('plain')\nnull.x")
  await user.run('exit code 1')
  expect(await user.output('stdout')).toBe('plain')
  await user.page.getByRole('button', { name: '/app/index.js:2:6' }).click()
  await user.type('!')
  const field = user.page.locator('#editor textarea')
  expect(await field.inputValue()).toBe("console.log('plain')\nnull.!x")
  // A field with a large text would take seconds: its beginning is shown, and cannot be changed by accident.
  await user.replaceText("require('fs').writeFileSync('large.txt', 'x'.repeat(300_000))")
  await user.run('exit code 0')
  await user.row('large.txt').click()
  expect(await field.inputValue()).toMatch(/^x{200000}\n… the rest is not shown/)
  expect(await field.isEditable()).toBe(false)
  // What the browser says of the file that was not fetched.
  user.complaints.length = 0
})

test('nothing moves for those who asked for that', async () => {
  await user.open({ reducedMotion: 'reduce' })
  const transitions = await user.page.evaluate(
    () =>
      [...document.querySelectorAll('*')]
        .map((element) => getComputedStyle(element))
        .filter(
          ({ transitionDuration, animationName }) =>
            transitionDuration !== '0s' || animationName !== 'none',
        ).length,
  )
  expect(transitions).toBe(0)
})

test('what is there first is little, and there soon', async () => {
  await user.open()
  const { ready, loaded } = await user.page.evaluate(() => ({
    ready: Number(document.documentElement.dataset.ready),
    loaded: performance
      .getEntriesByType('resource')
      .map(({ name }) => name.slice(name.lastIndexOf('/') + 1)),
  }))
  console.log(`the playground is interactive after ${ready} ms`)
  expect(loaded.filter((name) => /typescript|marked|chalk|browser/.test(name))).toEqual([])
})
