const { IncomingMessage, ServerResponse } = require('http')

/**
 * Hands a request to an application without a server: what a server needs is not the application's own.
 * @param {(request: object, response: object, next: (error?: Error) => void) => void} handle
 * @returns {Promise<unknown>} Status, headers and body of the answer, or `nobody answered`.
 */
module.exports = function exchange(handle, method, url) {
  return new Promise((resolve, reject) => {
    const request = Object.assign(new IncomingMessage(null), {
      method,
      url,
      headers: { host: 'localhost' },
    })
    const response = new ServerResponse(request)
    response.end = function (body) {
      resolve([this.statusCode, { ...this.getHeaders() }, body === undefined ? '' : String(body)])
      return this
    }
    handle(request, response, (error) => (error ? reject(error) : resolve('nobody answered')))
  })
}
