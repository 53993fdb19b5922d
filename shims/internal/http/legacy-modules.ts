/** `_http_agent` and its like: the pieces of `http` under the names of the files that node keeps them in. */

import type { Shim } from '../../../src/seams.ts'
import { defineLate } from '../late.ts'
import { stubExports } from '../stub-exports.ts'
import { hasBadCharacter, isToken } from './headers.ts'

function pieces(...names: string[]): Shim {
  return (context) => {
    const exports = stubExports(context)
    for (const name of names) {
      // Not before it is read: http itself is made with some of these.
      defineLate(exports, name, () => context.require('http')[name])
    }
    return exports
  }
}

export const httpAgent: Shim = pieces('Agent', 'globalAgent')
export const httpClient: Shim = pieces('ClientRequest')
export const httpIncoming: Shim = pieces('IncomingMessage')
export const httpOutgoing: Shim = pieces(
  'OutgoingMessage',
  'validateHeaderName',
  'validateHeaderValue',
)
export const httpServer: Shim = pieces('STATUS_CODES', 'Server', 'ServerResponse')
export const httpCommon: Shim = (context) =>
  Object.assign(stubExports(context), {
    _checkInvalidHeaderChar: function checkInvalidHeaderChar(value: unknown) {
      return hasBadCharacter(value)
    },
    _checkIsHttpToken: function checkIsHttpToken(value: unknown) {
      return isToken(value)
    },
    chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
    continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
    methods: context.require('http').METHODS,
  })
