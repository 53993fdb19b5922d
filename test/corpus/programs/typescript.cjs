require('./report.cjs')({
  transpiled() {
    const ts = require('typescript')
    const { outputText } = ts.transpileModule(
      'enum A { B = 1 }\nexport const f = async <T,>(x: T): Promise<T> => x!',
      {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
      },
    )
    return outputText
  },
  found() {
    const ts = require('typescript/lib/tsserverlibrary')
    const { diagnostics } = ts.transpileModule('let a: = 3', { reportDiagnostics: true })
    const { config } = ts.parseConfigFileTextToJson(
      'tsconfig.json',
      '{ /* comment */ "files": ["a.ts",] }',
    )
    return [diagnostics.map(({ code, start, messageText }) => [code, start, messageText]), config]
  },
  failing: () => require('typescript/lib/nowhere'),
})
