/** Questions about streams of any make: ours, old ones, and those of other libraries. */

import type { Loose } from './loose.ts'

export function isNodeStream(value: Loose): boolean {
  if (!value) return false
  if (value._readableState || value._writableState) return true
  const isWriter = typeof value.write === 'function' && typeof value.on === 'function'
  return isWriter || (typeof value.pipe === 'function' && typeof value.on === 'function')
}

export function isReadable(stream: Loose): boolean | null {
  const told = stream?.[Symbol.for('nodejs.stream.readable')]
  if (told !== undefined && told !== null) return told
  if (typeof stream?.readable !== 'boolean') return null
  if (isDestroyed(stream)) return false
  const state = stream._readableState
  const isOfRightKind =
    typeof stream.pipe === 'function' &&
    typeof stream.on === 'function' &&
    state?.readable !== false
  const isFinished = state?.endEmitted === true || (state?.ended === true && state.length === 0)
  return isOfRightKind && stream.readable && !isFinished
}

export function isWritable(stream: Loose): boolean | null {
  const told = stream?.[Symbol.for('nodejs.stream.writable')]
  if (told !== undefined && told !== null) return told
  if (typeof stream?.writable !== 'boolean') return null
  if (isDestroyed(stream)) return false
  const isOfRightKind = typeof stream.write === 'function' && typeof stream.on === 'function'
  const isEnded = stream.writableEnded === true || stream._writableState?.ended === true
  return isOfRightKind && stream.writable && !isEnded
}

export function isDestroyed(stream: Loose): boolean {
  const state = stream._writableState || stream._readableState
  return Boolean(stream.destroyed || state?.destroyed)
}
