/**
 * `lodger/lodger.iife.js`: one classic script for script tags and interpreters; sets the global `lodger`.
 * Beside what a script tag wants it has what a host needs that carries the script into another realm.
 */

export { serve } from './bridge/serve.ts'
export { composeLoader } from './compose.ts'
export { createVolume } from './fs/volume.ts'
export { createLoader } from './index.ts'
