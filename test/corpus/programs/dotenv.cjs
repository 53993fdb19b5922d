const { join } = require('path')

require('./report.cjs')({
  parsed: () =>
    require('dotenv').parse('A=1\n# no\nexport B="two\\nlines" # c\nC=\'$A\'\nD=`"`\nE\nF: g\n'),
  configured() {
    const processEnv = { KEPT: 'own' }
    const path = join(__dirname, 'fixtures', 'settings.env')
    const { parsed } = require('dotenv').config({ path, processEnv, quiet: true })
    return [parsed, processEnv]
  },
  absent() {
    const { error, parsed } = require('dotenv').config({ path: '/absent/.env', quiet: true })
    return [error.code, error.message, parsed]
  },
  manifest: () => require('dotenv/package.json').name,
  failing: () => require('dotenv').populate(null, 'text'),
})
