import { lodger, tree } from './commands.ts'

/** Lines of a session to what each of them printed. */
export async function session(
  lines: readonly string[],
  { cwd = tree({}), args = [] }: { cwd?: string; args?: readonly string[] } = {},
) {
  const { stdout, stderr, code } = await lodger(['repl', ...args], { cwd, input: lines.join('\n') })
  return { output: withoutBanner(stdout), stderr, code }
}

/** Nor with the prompt for lines that go on, of which each node has its own. */
export function withoutBanner(stdout: string): string {
  return stdout.replace(/^Welcome to .*\n.*\n/, '').replace(/^((?:> )*)(?:\| |\.\.\. )+/gm, '$1')
}
