/** What node adds to the error of an ES module that takes itself for CommonJS. */
import type { Engine } from '../load/engine.ts'
import { locationOf } from './location.ts'
import { type ModuleRecord, SourceTextModule } from './record.ts'

const advice: Readonly<Record<string, string>> = {
  require: 'replace require() with import',
  module: 'use export instead of module.exports/exports',
  exports: 'use export instead of module.exports/exports',
  __filename: 'use import.meta.filename instead',
  __dirname: 'use import.meta.dirname instead',
}

/** Changes the message of a ReferenceError about one of CommonJS's own names; others are left alone. */
export function explainNotDefined(engine: Engine, record: ModuleRecord, thrown: unknown): void {
  if (!(thrown instanceof ReferenceError) || !(record instanceof SourceTextModule)) return
  const [, name = ''] = /^'?(\w+)'? is not defined$/.exec(thrown.message) ?? []
  if (advice[name] === undefined) return
  if (record.analysis.hasTopLevelAwait) {
    thrown.message =
      `Cannot determine intended module format because both '${name}' and top-level await are present. If the code is ` +
      `intended to be CommonJS, wrap await in an async function. If the code is intended to be an ES module, ${advice[name]}.`
    Object.assign(thrown, { code: 'ERR_AMBIGUOUS_MODULE_SYNTAX' })
    return
  }
  thrown.message += ' in ES module scope'
  if (name === 'require') thrown.message += ', you can use import instead'
  const location = locationOf(record.url)
  if (location.kind !== 'file' || !location.filename.endsWith('.js')) return
  const scope = engine.scopeOf(location.filename)
  if (scope?.manifest.type !== 'module') return
  thrown.message +=
    "\nThis file is being treated as an ES module because it has a '.js' file extension and " +
    `'${scope.place.pathOf('package.json')}' contains "type": "module". To treat it as a CommonJS script, rename it to ` +
    "use the '.cjs' file extension."
}
