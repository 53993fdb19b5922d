/** What a group of benchmarks found, as Markdown. */

/**
 * @typedef {object} Goal What issue 2 asks for, and what came out.
 * @property {string} text
 * @property {number | undefined} value
 * @property {string} unit
 * @property {{ atMost?: number, atLeast?: number }} limit
 */

/**
 * @typedef {object} Group
 * @property {string} title
 * @property {string} note how it was measured
 * @property {{ head: string[], rows: string[][] }[]} tables
 * @property {Goal[]} goals
 */

/** Three significant digits, no exponent. @param {number | undefined} value */
export function figure(value) {
  if (value === undefined || Number.isNaN(value)) return '-'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return Number(value.toPrecision(value < 1 ? 2 : 3)).toString()
}

/** @param {number | undefined} value */
export const ratio = (value) =>
  value === undefined ? '-' : `${value >= 10 ? figure(value) : value.toFixed(2)}x`

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function markdownTable(head, rows) {
  const lines = [head, ['---', ...head.slice(1).map(() => '---:')], ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** @param {Goal} goal */
export function isMet({ value, limit }) {
  if (value === undefined) return false
  return value <= (limit.atMost ?? Number.POSITIVE_INFINITY) && value >= (limit.atLeast ?? 0)
}

/** @param {Goal} goal */
function limitText({ limit, unit }) {
  return limit.atMost === undefined ? `>= ${limit.atLeast}${unit}` : `<= ${limit.atMost}${unit}`
}

/** @param {Group} group */
export function groupText({ title, note, tables, goals }) {
  const goalRows = goals.map((goal) => [
    goal.text,
    limitText(goal),
    goal.value === undefined
      ? '-'
      : `${goal.value >= 10 ? figure(goal.value) : goal.value.toFixed(2)}${goal.unit}`,
    isMet(goal) ? 'met' : '**not met**',
  ])
  return [
    `### ${title}`,
    note,
    ...tables.map(({ head, rows }) => markdownTable(head, rows)),
    ...(goals.length > 0 ? [markdownTable(['goal', 'asked', 'measured', ''], goalRows)] : []),
  ].join('\n\n')
}
