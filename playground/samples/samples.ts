/** The programs that the playground comes with. */
import type { Rules } from '../overrides/rules.ts'
import { noRules } from '../overrides/rules.ts'
import type { PackageName } from './packages.ts'

export interface Sample {
  readonly id: string
  readonly title: string
  /** One sentence below the picker. */
  readonly about: string
  readonly main: string
  readonly args: string
  readonly env: string
  readonly rules: Rules
  readonly packages: readonly PackageName[]
  readonly files: Readonly<Record<string, string>>
}

const texts = import.meta.glob<string>('./fixtures/*/**/*', {
  query: '?raw',
  import: 'default',
  eager: true,
})

function filesOf(id: string): Record<string, string> {
  const folder = `./fixtures/${id}/`
  const entries = Object.entries(texts).filter(([path]) => path.startsWith(folder))
  return Object.fromEntries(
    entries.map(([path, text]) => [`/app/${path.slice(folder.length)}`, text]),
  )
}

const chalk: readonly PackageName[] = [
  'chalk',
  'ansi-styles',
  'color-convert',
  'color-name',
  'supports-color',
  'has-flag',
]

function sample(
  id: string,
  title: string,
  about: string,
  packages: readonly PackageName[],
  start: Partial<Sample> = {},
): Sample {
  const settings = { main: '/app/index.js', args: '', env: '', rules: noRules, ...start }
  return { id, title, about, packages, ...settings, files: filesOf(id) }
}

export const samples: readonly Sample[] = [
  sample(
    'handlebars',
    'Templates: handlebars',
    'Several files, a JSON file behind an import map of package.json, and three npm packages.',
    ['handlebars', 'source-map', 'ms', 'semver'],
  ),
  sample(
    'modules',
    'ES modules',
    "Imports packages, JSON and CommonJS, awaits at the top, and sees another module's variable change.",
    ['p-map'],
  ),
  sample(
    'types',
    'TypeScript',
    'Two files of TypeScript, run as they are; an error that names the line as it was written.',
    [],
    { main: '/app/index.ts' },
  ),
  sample(
    'errors',
    'Errors in TypeScript',
    'One that is printed and one that nobody catches: both lead to the place in the file.',
    [],
    { main: '/app/index.ts' },
  ),
  sample(
    'components',
    'JSX: preact',
    'Components in TypeScript and JSX, rendered to a page. tsconfig.json says what JSX means.',
    ['preact', 'preact-render-to-string'],
    { main: '/app/index.tsx' },
  ),
  sample(
    'command',
    'A command: minimist and chalk',
    'Reads its arguments and environment, and prints in colours. Change them in the line above.',
    ['minimist', ...chalk],
    { args: '--guests 3 --city "Porto Alegre"', env: 'HOTEL=Aurora' },
  ),
  sample(
    'marked',
    'Markdown: marked',
    'Turns pages into HTML; the files that it writes appear in the tree.',
    ['marked'],
  ),
  sample(
    'typescript',
    'The TypeScript compiler',
    'Checks a TypeScript file, compiles it, and requires what came out. 9 MB of compiler are fetched first.',
    ['typescript'],
  ),
  sample(
    'plugins',
    'Plugins and overrides',
    'Plugins are found in a folder, and package.json says what they get when they require a module.',
    [],
  ),
  sample(
    'greeting',
    'Timers, streams and a line of input',
    'Asks for your name and packs a greeting with zlib. Answer below the console.',
    [],
  ),
]

export const firstSample: Sample = samples[0] as Sample
