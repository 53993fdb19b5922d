import { describe, expect, test } from 'vitest'
import { session } from './session.ts'

test('TypeScript', async () => {
  const lines = [
    'let x: number = 5',
    'interface Point {',
    '  x: number',
    '}',
    'const p: Point = { x }; p as any',
    'enum Color { Red, Green }',
    'Color.Green',
    'function id<T>(value: T): T { return value }',
    "id<string>('generic')",
    'type Name = string | undefined',
    "const name = await Promise.resolve<Name>('awaited'); name!",
    'let y: number = ;',
  ]
  const { output } = await session(lines)
  expect(output).toBe(
    [
      '> undefined',
      '> undefined',
      '> { x: 5 }',
      '> undefined',
      '> 1',
      '> undefined',
      "> 'generic'",
      '> undefined',
      "> 'awaited'",
      '> let y: number = ;',
      '     ^',
      '',
      "Uncaught SyntaxError: Unexpected token ':'",
      '> ',
    ].join('\n'),
  )
})

describe('typed lines are what --transpile takes', () => {
  const typed = [
    'let x: number = 5',
    'interface Point {',
    '  x: number',
    '}',
    'const p = ({ x }: Point) =>',
    '  x as any; p({ x })',
    'function id<T>(value: T): T {',
    '  return value }',
    "id<string>('generic')",
    "import { sep } from 'node:path'; let both: string = sep",
    'const long: string = `a',
    '`; long',
    'let y: string = "a',
    'let z: number =',
    '  6; z',
  ]

  test.each(['typescript', 'fast', 'node'])('%s', async (engine) => {
    const { output, stderr } = await session(typed, { args: [`--transpile=${engine}`] })
    expect(output.replace(/let y.*\n.*\n\n/, '')).toBe(
      [
        '> undefined',
        '> undefined',
        '> 5',
        '> undefined',
        "> 'generic'",
        '> undefined',
        "> 'a\\n'",
        "> Uncaught SyntaxError: Unexpected token ':'",
        '> 6',
        '> ',
      ].join('\n'),
    )
    expect(stderr).toBe('')
  })

  test('what an engine does not take it names', async () => {
    const lines = ['enum Color { Red }', 'namespace N { export const a = 1 }']
    const byNode = await session(lines, { args: ['--transpile=node'] })
    expect(byNode.output).toContain('TypeScript enum is not supported in strip-only mode')
    expect(byNode.output).toContain('TypeScript namespace declaration is not supported')
    const fast = await session([...lines, 'Color.Red'], { args: ['--transpile=fast'] })
    expect(fast.output).toContain(
      "transpile 'fast' knows no namespaces: take 'typescript' for them",
    )
    expect(fast.output).toMatch(/> 0\n> $/)
  })

  test('false: JavaScript only', async () => {
    const lines = ['let x: number = 5', 'let x = 6; x', 'const a = 7, b = 8; a<b>(1)']
    const { output } = await session(lines, { args: ['--transpile=false'] })
    expect(output).toBe(
      [
        '> let x: number = 5',
        '     ^',
        '',
        "Uncaught SyntaxError: Unexpected token ':'",
        '> 6',
        '> false',
        '> ',
      ].join('\n'),
    )
  })
})
