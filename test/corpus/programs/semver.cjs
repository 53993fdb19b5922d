require('./report.cjs')({
  main() {
    const semver = require('semver')
    return [
      semver.satisfies('1.2.3', '1.x || >=2.5.0'),
      semver.inc('1.2.3-beta.1', 'prerelease'),
      semver.rsort(['1.0.0', '2.0.0-a', '1.10.0']),
    ]
  },
  coerced: () => String(require('semver/functions/coerce')('v3.4 and more')),
  ranges: () => require('semver/ranges/simplify')(['1.0.0', '1.0.1', '1.1.0'], '1.0.0 || 1.0.1'),
  failing: () => new (require('semver/classes/range'))('not a range'),
})
