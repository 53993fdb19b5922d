require('./report.cjs')({
  milliseconds: () =>
    ['2 days', '1.5h', '-3 min', '100', 'nonsense'].map((text) => require('ms')(text) ?? null),
  words: () => [require('ms')(90_000), require('ms')(2 * 86_400_000, { long: true })],
  manifest: () => require('ms/package.json').name,
  failing: () => require('ms')(''),
})
