/** What `--help` prints; docs/cli.md says the same at length. */

export const generalHelp = `lodger runs node-style programs, and the disk stays as it is.

Usage:
  lodger run [options] <file> [arguments]   run a program as node would
  lodger repl [options]                     a prompt with await, TypeScript and a history
  lodger explain <specifier> [options]      show how a request is resolved, step by step
  lodger --version                          print the version
  lodger --help                             print this; after a command, that command's help

Exit codes:
  of run and repl, those of the program; 1 when explain finds nothing; 2 when the command itself
  was wrong
`

export const runHelp = `Usage: lodger run [options] [node flags] <file> [arguments]

Runs a file as \`node <file> [arguments]\` would. Real files can be read; what the program writes
stays in memory and is gone when it ends.

Options, before the file:
  --write               let the program change files on disk
  --transpile=<engine>  what makes JavaScript of TypeScript and JSX: typescript (the default), fast,
                        node (strips types as node does), false (nothing, as --no-strip-types)
  -h, --help            print this

Node flags before the file go to the program as process.execArgv. Those that the loader knows take
effect: --require, --conditions, --preserve-symlinks, --preserve-symlinks-main,
--pending-deprecation. Everything after the file is the program's.

Exit code: the program's own; 1 after an uncaught error; 2 when the command itself was wrong.
`

export const replHelp = `Usage: lodger repl [options] [node flags]

A prompt inside a loader over the working directory: what you type is run with the globals of a
program, \`module\`, \`require\`, and builtins by their names (fs, path, ...). \`require.cache\` shows
the modules as they were loaded. Real files can be read; what code writes stays in memory.

Lines may await, import, and be TypeScript. \`_\` is the last value, \`_error\` the last error;
\`.help\` lists the commands of the prompt, \`.exit\` or Ctrl-D ends it. Lines that are piped in are
run one after the other.

Options:
  --write               let code change files on disk
  --transpile=<engine>  what makes JavaScript of TypeScript, typed lines too, as for lodger run
  -h, --help            print this

Node flags go to process.execArgv, and those that the loader knows take effect, as after
\`lodger run\`.

Environment:
  LODGER_REPL_HISTORY   the file that keeps the history (default: ~/.lodger_repl_history);
                        empty: it is not kept

Exit code: 0, or what process.exit() or process.exitCode says; 2 when the command itself was wrong.
`

export const explainHelp = `Usage: lodger explain <specifier> [options]

Shows every step by which \`require(specifier)\` is resolved, and why each was left.

Options:
  --mode <require|import>   whose rules are followed: those of \`require\`, or of \`import\`
                            (default: require)
  --from <path>             the requiring file, or a directory to require from
                            (default: the working directory)
  -C, --conditions <name>   a condition of "exports" and "imports" beside node's own; repeatable
  --preserve-symlinks       resolve as \`node --preserve-symlinks\`
  --json                    print { specifier, from, filename, error, steps }
  -h, --help                print this

Exit code: 0 when it is found, 1 when not, 2 when the command itself was wrong.
`
