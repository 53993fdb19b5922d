import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const run = (name: string) =>
  execFileSync(
    process.execPath,
    [fileURLToPath(new URL(`../examples/${name}.mjs`, import.meta.url))],
    {
      encoding: 'utf8',
    },
  )

test.each([
  ['run-a-program', 'HELLO!\n'],
  ['plugins', 'greeter says: good morning\nnosy failed: ERR_LODGER_FORBIDDEN\n'],
])('examples/%s does what it says', (name, output) => {
  expect(run(name)).toBe(output)
})

test('examples/explain shows each step and its reason', () => {
  const output = run('explain')
  expect(output).toContain('pkg -> /app/node_modules/pkg/cjs.js\n')
  expect(output).toContain('  skipped  packageTargetResolve import (condition not set)\n')
  expect(output).toContain('pkg/private/x -> ERR_PACKAGE_PATH_NOT_EXPORTED\n')
})
