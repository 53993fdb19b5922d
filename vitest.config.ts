import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { defineConfig, type Plugin } from 'vitest/config'

const { resolve } = createRequire(new URL('./package.json', import.meta.url))

/**
 * Tests import the package by its name, and get what a user gets: the built files, imported by node itself, so that
 * stacks, timing and module identity are those of the product and not of the test runner.
 */
const lodgerAsInstalled: Plugin = {
  name: 'lodger-as-installed',
  enforce: 'pre',
  resolveId(id) {
    if (id !== 'lodger' && !id.startsWith('lodger/')) return undefined
    return { id: pathToFileURL(resolve(id)).href, external: true }
  },
}

export default defineConfig({
  plugins: [lodgerAsInstalled],
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/fixtures/**'],
    reporters: ['default', './build/vitest-summary.mjs'],
    // A property test or a browser takes longer than a unit.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
