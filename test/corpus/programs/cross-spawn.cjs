const { join } = require('path')

const child = join(__dirname, 'fixtures', 'child.cjs')

require('./report.cjs')({
  parsed() {
    const parse = require('cross-spawn/lib/parse')
    return [
      parse('echo', ['a b', '"c"'], { stdio: 'ignore' }),
      parse('echo "a"', { shell: true }),
      require('cross-spawn/lib/util/escape').argument('a "b" %c%', false),
    ]
  },
  sync() {
    const { status, stdout, stderr } = require('cross-spawn').sync(
      process.execPath,
      [child, 'a b'],
      {
        input: 'in',
      },
    )
    return [status, String(stdout), String(stderr)]
  },
  async spawned() {
    const spawn = require('cross-spawn')
    const running = spawn(process.execPath, [child, '3'])
    let text = ''
    running.stdout.setEncoding('utf8').on('data', (more) => {
      text += more
    })
    running.stdin.end('given')
    const code = await new Promise((resolve, reject) => {
      running.on('error', reject).on('close', resolve)
    })
    return [code, text]
  },
  failing() {
    const { error } = require('cross-spawn').sync('no-such-command-anywhere', ['x'])
    throw error
  },
})
