/** How many bits of colour a terminal has, from what the environment says of it. */

type Environment = Readonly<Record<string, string | undefined>>

/** Build services: colours as far as their logs show them. */
const services: Readonly<Record<string, number>> = {
  ...{ APPVEYOR: 8, BUILDKITE: 8, CIRCLECI: 24, DRONE: 8, GITEA_ACTIONS: 24 },
  ...{ GITHUB_ACTIONS: 24, GITLAB_CI: 8, TRAVIS: 8 },
}

const rich = /^(?:mosh|rxvt-unicode-24bit|terminator|xterm-kitty)$/
const plain =
  /^(?:cons25|console|cygwin|dtterm|eterm|gnome|hurd|jfbterm|konsole|kterm|mlterm|putty|st)$|ansi|color|linux|direct|^con\d*x\d|^(?:rxvt|screen|xterm|vt100|vt220)/

export function colorDepth(env: Environment): number {
  const { FORCE_COLOR, COLORTERM = '' } = env
  const term = (env.TERM ?? '').toLowerCase()
  if (FORCE_COLOR !== undefined) {
    if (['', '1', 'true'].includes(FORCE_COLOR)) return 4
    if (FORCE_COLOR === '2') return 8
    return FORCE_COLOR === '3' ? 24 : 1
  }
  if (env.NODE_DISABLE_COLORS || env.NO_COLOR || term === 'dumb') return 1
  if (env.TMUX) return 24
  const known = ofService(env) ?? ofProgram(env)
  if (known !== undefined) return known
  if (/^(?:truecolor|24bit)$/.test(COLORTERM) || rich.test(term)) return 24
  if (term.startsWith('xterm-256')) return 8
  return COLORTERM || plain.test(term) ? 4 : 1
}

function ofService(env: Environment): number | undefined {
  if ('TF_BUILD' in env && 'AGENT_NAME' in env) return 4
  if ('CI' in env) {
    const [, depth] = Object.entries(services).find(([name]) => name in env) ?? []
    return depth ?? (env.CI_NAME === 'codeship' ? 8 : 1)
  }
  const { TEAMCITY_VERSION } = env
  if (TEAMCITY_VERSION === undefined) return undefined
  return /^(?:9\.0*[1-9]\d*|\d{2,})\./.test(TEAMCITY_VERSION) ? 4 : 1
}

function ofProgram({ TERM_PROGRAM, TERM_PROGRAM_VERSION }: Environment): number | undefined {
  if (TERM_PROGRAM === 'iTerm.app')
    return /^(?:[0-2]\.|$)/.test(TERM_PROGRAM_VERSION ?? '') ? 8 : 24
  if (TERM_PROGRAM === 'HyperTerm' || TERM_PROGRAM === 'MacTerm') return 24
  return TERM_PROGRAM === 'Apple_Terminal' ? 8 : undefined
}
