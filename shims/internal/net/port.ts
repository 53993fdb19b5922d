/** What a port may be, for all who take one. */

import { codedError, describeReceived } from '../../../src/errors.ts'

/** @throws ERR_SOCKET_BAD_PORT */
export function checkPort(port: unknown, name: string): void {
  const isText = typeof port === 'string' && port.trim() !== ''
  const isPort = typeof port === 'number' || isText
  if (isPort && Number(port) === Number(port) >>> 0 && Number(port) < 65536) return
  const text = `${name} should be >= 0 and < 65536. Received ${describeReceived(port)}.`
  throw codedError(RangeError, 'ERR_SOCKET_BAD_PORT', text)
}
