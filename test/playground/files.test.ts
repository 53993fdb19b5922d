/** The tree of files: made, moved, deleted, brought in and taken out, by keyboard and by mouse. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { usePlayground } from './playground.ts'

const user = usePlayground()
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lodger-upload-'))
  mkdirSync(join(folder, 'greetings/deep'), { recursive: true })
  writeFileSync(join(folder, 'greetings/hello.js'), "module.exports = 'hello'")
  writeFileSync(join(folder, 'greetings/deep/bye.js'), "module.exports = 'bye'")
  writeFileSync(
    join(folder, 'some.zip'),
    zipSync({ 'zipped/one.js': strToU8('module.exports = 1'), 'two.json': strToU8('2') }),
  )
  writeFileSync(join(folder, 'broken.zip'), 'no archive')
  writeFileSync(join(folder, 'escapes.zip'), zipSync({ '../out.js': strToU8('') }))
  writeFileSync(join(folder, 'large.bin'), '')
  truncateSync(join(folder, 'large.bin'), 100_000_001)
  mkdirSync(join(folder, 'package/lib'), { recursive: true })
  writeFileSync(join(folder, 'package/package.json'), '{ "name": "packed", "main": "lib/main" }')
  writeFileSync(join(folder, 'package/lib/main.js'), "module.exports = 'packed'")
  execFileSync('tar', ['-czf', 'packed-1.0.0.tgz', 'package'], { cwd: folder })
})

afterAll(() => rmSync(folder, { recursive: true }))

beforeEach(() => user.open())

/** Files of this machine, dropped as the operating system would. */
async function drop(target: Locator, ...names: string[]): Promise<void> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('nothing to drop upon')
  const session = await user.page.context().newCDPSession(user.page)
  const files = names.map((name) => join(folder, name))
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height - 10,
      data: { items: [], files, dragOperationsMask: 1 },
    })
  }
}

async function upload(...names: string[]): Promise<void> {
  const chooser = user.page.waitForEvent('filechooser')
  await user.page.getByRole('button', { name: 'Upload' }).click()
  await (await chooser).setFiles(names.map((name) => join(folder, name)))
}

async function answer(text: string): Promise<void> {
  await user.page.locator('dialog[open] input').waitFor()
  await user.press('Control+A')
  await user.type(text)
  await user.press('Enter')
}

async function downloaded(name: string): Promise<{ name: string; bytes: Uint8Array }> {
  const coming = user.page.waitForEvent('download')
  await user.page.getByRole('button', { name, exact: true }).click()
  const download = await coming
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

describe('by keyboard', () => {
  test('one walks the tree as the ARIA pattern says', async () => {
    await user.tabTo('new-file')
    await user.tabTo('index.js')
    const walk: [key: string, leadsTo: string][] = [
      ['Home', 'lib'],
      ['ArrowRight', 'lib'],
      ['ArrowRight', 'bill.js'],
      ['ArrowDown', 'rooms.json'],
      ['ArrowLeft', 'lib'],
      ['ArrowLeft', 'lib'],
      ['ArrowDown', 'views'],
      ['End', 'node_modules'],
      ['ArrowUp', 'package.json'],
      ['*', 'package.json'],
      ['v', 'views'],
    ]
    for (const [key, leadsTo] of walk) {
      await user.press(key)
      expect(await user.focused(), key).toBe(leadsTo)
    }
    expect(await user.row('views').getAttribute('aria-expanded')).toBe('true')
    await user.press('ArrowRight', 'Enter')
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/views/bill.hbs')
    expect(await user.row('bill.hbs').getAttribute('aria-selected')).toBe('true')
    expect(await user.row('bill.hbs').getAttribute('aria-level')).toBe('2')
  })

  test('files and folders are made, moved, deleted, and that is undone', async () => {
    await user.tabTo('new-file')
    await user.press('Enter')
    await answer('lib/bill.js')
    await user.page.getByText('/app/lib/bill.js exists already. Choose another name.').waitFor()
    await answer('notes/today.js')
    await user.said('notes/today.js is created.')
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/notes/today.js')
    await user.replaceText("module.exports = 'today'")

    await user.row('today.js').focus()
    await user.press('F2')
    await answer('notes/tomorrow.js')
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/notes/tomorrow.js')
    // Cut, and pasted into another folder.
    await user.row('tomorrow.js').focus()
    await user.press('Control+x', 'Home', 'Control+v')
    await user.said('tomorrow.js is now lib/tomorrow.js.')
    expect(await user.focused()).toBe('tomorrow.js')
    expect(await user.text()).toBe("module.exports = 'today'")
    await user.press('Delete')
    await user.said('lib/tomorrow.js is deleted.')
    await user.row('tomorrow.js').waitFor({ state: 'detached' })
    await user.press('Control+z')
    await user.row('tomorrow.js').waitFor()
    // A folder whose last file has gone is still a folder.
    expect(await user.row('notes').getAttribute('aria-expanded')).not.toBeNull()
  })
})

describe('the file that is run', () => {
  async function rename(label: string, name: string): Promise<void> {
    await user.row(label).focus()
    await user.press('F2')
    await answer(name)
    await user.row(name.slice(name.lastIndexOf('/') + 1)).waitFor()
  }

  test('is still run under another name, and under its own when that is undone', async () => {
    const main = user.page.locator('#main-file')
    await user.write('index.js', 'console.log(__filename)')
    await rename('index.js', 'start here.js')
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('/app/start here.js')
    expect(await main.inputValue()).toBe('/app/start here.js')
    await user.page.getByRole('button', { name: 'Undo' }).click()
    await user.row('index.js').waitFor()
    expect(await main.inputValue()).toBe('/app/index.js')
    expect(await user.page.locator('#file-name').textContent()).toBe('/app/index.js')
  })

  test('is deleted: another file is opened, and the last one leaves nothing to write into', async () => {
    const name = user.page.locator('#file-name')
    await user.row('index.js').focus()
    await user.press('Delete')
    await user.row('index.js').waitFor({ state: 'detached' })
    expect(await name.textContent()).toBe('/app/lib/bill.js')
    await user.press('Control+Enter')
    await user.said('There is no file /app/index.js to run. Choose another one')
    for (const each of ['lib', 'views', 'node_modules', 'package.json']) {
      await user.row(each).focus()
      await user.press('Delete')
      await user.row(each).waitFor({ state: 'detached' })
    }
    expect(await name.textContent()).toBe('No file')
    await user.page.getByText('There is no file any more: make one, or Reset.').waitFor()
    expect(await user.page.locator('#editor').isVisible()).toBe(false)
    // What is said there fills the place, as a file would.
    expect((await user.page.locator('#no-text').boundingBox())?.height).toBeGreaterThan(400)
    await user.page.getByRole('button', { name: 'Reset' }).click()
    expect(await name.textContent()).toBe('/app/index.js')
  })
})

describe('by mouse', () => {
  test('a row is dragged into a folder, never into itself', async () => {
    await user.row('package.json').dragTo(user.row('views'))
    await user.said('package.json is now views/package.json.')
    await user.row('views').dragTo(user.row('lib'))
    await user.said('views is now lib/views.')
    await user.page.getByRole('button', { name: 'Undo' }).click()
    await user.said('Undone.')
    await user.row('views').click()
    await user.page.getByRole('button', { name: 'Delete' }).click()
    await user.said('views is deleted with 2 files.')
  })

  test('files, folders and archives are dropped', async () => {
    await drop(user.row('lib'), 'greetings')
    await user.said('2 files are added.')
    await drop(user.page.getByRole('tree'), 'packed-1.0.0.tgz', 'some.zip')
    await user.said('4 files are added.')
    await user.write(
      'index.js',
      "console.log(require('packed'), require('./lib/greetings/hello'), require('./lib/greetings/deep/bye'), require('./zipped/one'), require('./two'))",
    )
    await user.run('exit code 0')
    expect(await user.output('stdout')).toBe('packed hello bye 1 2')
  })
})

describe('archives', () => {
  test('that are none are refused, as what is too large, and the message says why', async () => {
    await upload('broken.zip')
    await user.said('broken.zip cannot be unpacked. This is not a zip archive, or it is damaged.')
    await upload('large.bin')
    await user.said('large.bin has 100.0 MB, more than the 100.0 MB that the page can take.')
    await upload('escapes.zip')
    await user.said('escapes.zip cannot be unpacked. It names a file outside of itself: ../out.js')
  })

  test('take a file, a folder or all of it home, and come back', async () => {
    const one = await downloaded('Download')
    expect([one.name, strFromU8(one.bytes).slice(0, 18)]).toEqual([
      'index.js',
      '// A node program:',
    ])
    await user.row('lib').click()
    const some = await downloaded('Download')
    expect(some.name).toBe('lib.zip')
    expect(Object.keys(unzipSync(some.bytes)).sort()).toEqual(['bill.js', 'rooms.json'])

    await user.row('package.json').click()
    const all = await downloaded('Download .zip')
    expect(all.name).toBe('program.zip')
    const files = unzipSync(all.bytes)
    expect(Object.keys(files)).toContain('node_modules/handlebars/package.json')
    files['lib/rooms.json'] = strToU8('[]')
    writeFileSync(join(folder, 'back.zip'), zipSync(files))
    await upload('back.zip')
    await user.said(/files are added, \d+ of them replaced another\.$/)
    await user.run('exit code 0')
    expect(await user.output('stdout')).not.toContain('Bill')
  })
})
