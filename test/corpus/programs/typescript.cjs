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
  checked() {
    const ts = require('typescript')
    const globals = 'Array Boolean CallableFunction Function IArguments NewableFunction Number'
    const names = `${globals} Object RegExp String`.split(' ')
    const files = {
      '/a.ts': 'import { b } from "./b"; export const a: number = b',
      '/b.ts': 'export const b = "text"',
      '/lib.d.ts': names
        .map((name) => `interface ${name} {}`)
        .join('\n')
        .replace('Array', 'Array<T>'),
    }
    const written = []
    const program = ts.createProgram(
      ['/a.ts'],
      { module: ts.ModuleKind.CommonJS },
      {
        ...ts.createCompilerHost({}),
        getSourceFile: (name, target) =>
          name in files ? ts.createSourceFile(name, files[name], target) : undefined,
        fileExists: (name) => name in files,
        readFile: (name) => files[name],
        getDefaultLibFileName: () => '/lib.d.ts',
        writeFile: (name, text) => written.push([name, text]),
      },
    )
    const found = ts.getPreEmitDiagnostics(program)
    program.emit()
    return [found.map(({ code, messageText }) => [code, messageText]), written]
  },
  failing: () => require('typescript/lib/nowhere'),
})
