/**
 * What stands for the socket of a request: programs watch its events, set its time limit and destroy it. No byte passes
 * through it, as the host's `fetch` keeps its connections to itself.
 */

import type { ShimContext } from '../../../src/seams.ts'
import type { Loose } from '../loose.ts'

export function createConnection(context: ShimContext, isSecure: boolean): Loose {
  const { Socket } = context.require('net')
  const secure = isSecure && { encrypted: true, authorized: true }
  return Object.assign(new Socket(), { connecting: true }, secure)
}
