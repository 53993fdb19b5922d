/** tty beside node: what the environment says of colours, escape sequences, descriptors that are no terminal. */
import { likeNode } from './like-node.ts'

likeNode('tty', {
  'depth of colour': `
    const { getColorDepth } = require('tty').WriteStream.prototype
    return [
      {}, { TERM: 'dumb' }, { TERM: 'xterm' }, { TERM: 'xterm-256color' }, { TERM: 'screen-256color' }, { COLORTERM: 'truecolor' },
      { COLORTERM: '24bit', TERM: 'xterm' }, { COLORTERM: 'x' }, { NO_COLOR: '1', TERM: 'xterm' }, { NODE_DISABLE_COLORS: '1' },
      { FORCE_COLOR: '' }, { FORCE_COLOR: '0' }, { FORCE_COLOR: '1' }, { FORCE_COLOR: '2' }, { FORCE_COLOR: '3' }, { FORCE_COLOR: 'true' },
      { FORCE_COLOR: 'x' }, { TMUX: '1' }, { TMUX: '1', TERM: 'xterm' }, { CI: '1' }, { CI: '1', TRAVIS: '1' },
      { CI: '1', GITHUB_ACTIONS: '1' }, { CI: '1', CI_NAME: 'codeship' }, { TEAMCITY_VERSION: '9.1.0' }, { TEAMCITY_VERSION: '8' },
      { TERM_PROGRAM: 'iTerm.app' }, { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.1' }, { TERM_PROGRAM: 'HyperTerm' },
      { TERM_PROGRAM: 'Hyper' }, { TERM_PROGRAM: 'MacTerm' }, { TERM_PROGRAM: 'Apple_Terminal' }, { TERM: 'konsole' }, { TERM: 'kitty' },
      { TERM: 'xterm-kitty' }, { TERM: 'linux' }, { TERM: 'rxvt-unicode' }, { TERM: 'ansi' }, { TERM: 'mosh' }, { TERM: 'terminator' },
      { TERM: 'xfce' }, { TERM: 'gnome' }, { TERM: 'st' }, { TERM: 'eterm' }, { TERM: 'dtterm' }, { TERM: 'putty' }, { TERM: 'jfbterm' },
      { TERM: 'con80x25' }, { TERM: 'cons25' }, { TERM: 'hurd' }, { TERM: 'color' }, { TERM: 'x-COLOR' }, { TERM: 'tmux-256color' },
      { TERM: 'cygwin' }, { TERM: 'console' }, { TERM: 'direct' }, { TERM: 'alacritty' }, { TERM: 'foot' }, { TERM: 'vt220' },
      { TERM: 'xterm-direct' }, { COLORTERM: 'truecolor', TERM: 'dumb' }, { TF_BUILD: '1', AGENT_NAME: 'x' },
      { CI: '1', GITEA_ACTIONS: '1' }, { CI: '1', CIRCLECI: '1' }, { CI: '1', DRONE: '1' }, { CI: '1', APPVEYOR: '1' },
      { CI: '1', BUILDKITE: '1' }, { CI: '1', GITLAB_CI: '1' }
    ].map((env) => getColorDepth(env))`,
  'counts of colours': `
    const { prototype } = require('tty').WriteStream
    return [[2, { TERM: 'xterm' }], [256, { TERM: 'xterm' }], [{ TERM: 'xterm' }], [1], ['x'], [16, { FORCE_COLOR: '3' }]]
      .map((args) => caught(() => prototype.hasColors(...args)))`,
  'moving and clearing': `
    const { prototype } = require('tty').WriteStream, said = []
    const stream = { write: (text, done) => { said.push([text, typeof done]); return true }, columns: 7, rows: 5 }
    const call = (name, ...args) => prototype[name].apply(stream, args)
    call('cursorTo', 3); call('cursorTo', 3, 4); call('moveCursor', -1, 2); call('moveCursor', 1, -2, () => {})
    for (const direction of [-1, 0, 1]) call('clearLine', direction)
    call('clearScreenDown', () => {})
    return [said, call('getWindowSize')]`,
  'what is no terminal': `
    const { isatty, ReadStream, WriteStream } = require('tty')
    return [isatty(), isatty(-1), isatty('x'), isatty(999), isatty.length, caught(() => new ReadStream(-1)), caught(() => new WriteStream('x'))]`,
})
