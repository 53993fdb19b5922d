/** jest's module system by itself, without transforms. */

import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packagesDirectory } from '../lib/ensure.mjs'

const require = createRequire(join(packagesDirectory, 'index.js'))

/** @param {string} root */
export async function createJestRuntime(root) {
  const { default: Runtime } = require('jest-runtime')
  const { TestEnvironment } = require('jest-environment-node')
  const cacheDirectory = mkdtempSync(join(tmpdir(), 'lodger-bench-jest-'))
  process.on('exit', () => rmSync(cacheDirectory, { recursive: true, force: true }))
  const projectConfig = {
    automock: false,
    cache: false,
    cacheDirectory,
    clearMocks: false,
    coveragePathIgnorePatterns: [],
    dependencyExtractor: undefined,
    displayName: undefined,
    extensionsToTreatAsEsm: [],
    fakeTimers: { enableGlobally: false },
    globals: {},
    haste: {},
    id: 'lodger-bench',
    injectGlobals: true,
    moduleDirectories: ['node_modules'],
    moduleFileExtensions: ['js', 'json', 'node'],
    moduleNameMapper: [],
    modulePathIgnorePatterns: [],
    modulePaths: [],
    resetMocks: false,
    resetModules: false,
    resolver: undefined,
    restoreMocks: false,
    rootDir: root,
    // The haste map need not know the program: files are resolved on the disk.
    roots: [cacheDirectory],
    sandboxInjectedGlobals: [],
    setupFiles: [],
    setupFilesAfterEnv: [],
    slowTestThreshold: 5,
    testEnvironment: 'node',
    testEnvironmentOptions: {},
    testMatch: [],
    testPathIgnorePatterns: [],
    testRegex: [],
    transform: [],
    transformIgnorePatterns: ['/'],
    unmockedModulePathPatterns: undefined,
    watchPathIgnorePatterns: [],
  }
  const globalConfig = { collectCoverage: false, coverageProvider: 'v8', rootDir: root }
  const context = await Runtime.createContext(projectConfig, {
    console,
    maxWorkers: 1,
    watch: false,
    watchman: false,
  })
  const environment = new TestEnvironment(
    { globalConfig, projectConfig },
    { console, docblockPragmas: {}, testPath: join(root, 'index.js') },
  )
  await environment.setup()
  const { createScriptTransformer } = require('@jest/transform')
  const transformer = await createScriptTransformer(projectConfig)
  return new Runtime(
    projectConfig,
    environment,
    context.resolver,
    transformer,
    new Map(),
    { collectCoverage: false, coverageProvider: 'v8', collectCoverageFrom: [] },
    join(root, 'index.js'),
    globalConfig,
  )
}
