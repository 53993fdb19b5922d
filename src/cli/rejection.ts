/** What node throws for a rejected promise that nobody handles: the reason, in an error of its own if it is none. */
export function asError(reason: unknown): Error {
  if (Object.prototype.toString.call(reason) === '[object Error]' || reason instanceof Error) {
    return reason as Error
  }
  const shown = typeof reason === 'object' && reason !== null ? objectName(reason) : String(reason)
  const error = new Error(
    'This error originated either by throwing inside of an async function without a catch block, or by ' +
      `rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${shown}".`,
  )
  error.name = 'UnhandledPromiseRejection'
  error.stack = `${error.name}: ${error.message}\n${error.stack?.split('\n').slice(1).join('\n')}`
  return Object.assign(error, { code: 'ERR_UNHANDLED_REJECTION' })
}

/** As V8 prints an object without asking it. */
function objectName(object: object): string {
  const name: unknown = object.constructor?.name
  return `#<${typeof name === 'string' && name !== '' ? name : 'Object'}>`
}
