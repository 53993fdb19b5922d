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
})
