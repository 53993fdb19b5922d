const { join } = require('path')

const rules = {
  'no-unused-vars': 'error',
  'prefer-const': 'error',
  'no-var': 'error',
  eqeqeq: 'warn',
  curly: 'error',
  'no-undef': 'error',
  'object-shorthand': 'error',
  'no-unreachable': 'error',
  'dot-notation': 'error',
  'max-params': ['error', 2],
}

function createESLint(fix) {
  const { ESLint } = require('eslint')
  return new ESLint({
    cwd: __dirname,
    fix,
    overrideConfigFile: true,
    overrideConfig: { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' }, rules },
  })
}

require('./report.cjs')({
  async linted() {
    const [{ filePath, messages, errorCount, fixableErrorCount }] = await createESLint(
      false,
    ).lintFiles([join('fixtures', 'careless.cjs')])
    const shown = messages.map(({ ruleId, line, column, message }) => [
      ruleId,
      line,
      column,
      message,
    ])
    return [filePath, errorCount, fixableErrorCount, shown]
  },
  async fixed() {
    const eslint = createESLint(true)
    const results = await eslint.lintText('var a = { b: b };\nif (a["c"] == 1) a.d()\n', {
      filePath: 'text.cjs',
    })
    const { messages, output } = results[0]
    return [output, messages.map(({ ruleId }) => ruleId)]
  },
  rules() {
    const { builtinRules } = require('eslint/use-at-your-own-risk')
    const { Linter } = require('eslint/universal')
    const messages = new Linter().verify('let a = 1; a = ;', {})
    return [builtinRules.size, Object.keys(builtinRules.get('no-var').meta), messages]
  },
  async formatted() {
    const eslint = createESLint(false)
    const { format } = await eslint.loadFormatter('stylish')
    return format(await eslint.lintText('var a', { filePath: 'text.cjs' }))
  },
  absent: () => createESLint(false).lintFiles('absent/*.cjs'),
  failing() {
    const { Linter } = require('eslint')
    return new Linter().verify('a', { rules: { curly: ['error', 'sometimes'] } })
  },
})
