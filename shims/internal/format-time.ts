/** A duration as `console.timeEnd` and node's own timers tell it: `1.5ms`, `2.000s`, `1:02.500 (m:ss.mmm)`. */
export function formatTime(milliseconds: number): string {
  if (milliseconds < 1000) return `${Number(milliseconds.toFixed(3))}ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(3)}s`
  const hours = Math.floor(milliseconds / 3_600_000)
  const minutes = Math.floor((milliseconds % 3_600_000) / 60_000)
  const [seconds = '', thousandths] = ((milliseconds % 60_000) / 1000).toFixed(3).split('.')
  const pad = (value: number | string) => String(value).padStart(2, '0')
  const start = hours > 0 ? `${hours}:${pad(minutes)}` : minutes
  return `${start}:${pad(seconds)}.${thousandths} (${hours > 0 ? 'h:m' : ''}m:ss.mmm)`
}
