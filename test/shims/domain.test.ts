/** domain against node's. */
import { likeNode } from './like-node.ts'

likeNode('domain', {
  'which domain is current, before, within and after an error': `
    const domain = require('domain'), seen = []
    const current = () => [process.domain, domain.active].map((one) => (one ? 'a domain' : String(one)))
    const one = domain.create(), other = domain.create()
    one.on('error', (error) => seen.push(error.message, error.domain === one, error.domainThrown, ...current()))
    other.run(() => one.run(() => seen.push(process.domain === one)))
    seen.push(...current())
    setTimeout(() => one.run(() => { throw new Error('within') }))
    await new Promise((resolve) => setTimeout(resolve, 5))
    return [...seen, ...current()]`,
  'errors from callbacks': `
    const domain = require('domain'), seen = [], fail = (text) => () => { throw new Error(text) }
    const one = domain.create(), other = domain.create()
    for (const [name, each] of Object.entries({ one, other })) each.on('error', (error) => seen.push([name, error.message, error.domain === each, error.domainThrown, String(process.domain)]))
    one.run(() => {
      setTimeout(fail('timer')); setImmediate(fail('immediate')); process.nextTick(fail('tick'))
      require('crypto').randomBytes(1, fail('crypto')); require('fs').readFile('/absent', fail('fs'))
      setTimeout(() => other.run(() => setTimeout(fail('nested'), 1)), 1)
      setTimeout(() => seen.push(['within', process.domain === one, domain.active === one]), 2)
    })
    setTimeout(() => seen.push(['outside', process.domain == null]))
    await new Promise((resolve) => setTimeout(resolve, 60))
    return seen.map(String).sort()`,
})
