/** `net.SocketAddress` and `net.BlockList`: they only compute. */

import { codedError, createError } from '../../../src/errors.ts'
import type { Shim } from '../../../src/seams.ts'
import { inspectAs } from '../inspect-as.ts'
import type { Loose } from '../loose.ts'
import { validateArray, validateInteger, validateObject, validateString } from '../validate.ts'
import { type Family, formatIp, parseIp, subnetOf } from './ip.ts'
import { checkPort } from './port.ts'

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom')
const privateRanges =
  '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 127.0.0.0/8 ::1/128 169.254.0.0/16 fe80::/10 fc00::/7'

interface Rule {
  readonly text: string
  readonly first: bigint
  readonly last: bigint
}

const shim: Shim = (context) => {
  class SocketAddress {
    readonly #number: bigint
    readonly #family: Family
    readonly #port: number
    readonly #flowlabel: number

    constructor(options: Loose = {}) {
      validateObject(options, 'options')
      const { family = 'ipv4', port = 0, flowlabel = 0 } = options
      const wanted = typeof family === 'string' ? family.toLowerCase() : undefined
      if (wanted !== 'ipv4' && wanted !== 'ipv6') {
        throw createError('ERR_INVALID_ARG_VALUE', 'options.family', family)
      }
      const { address = wanted === 'ipv4' ? '127.0.0.1' : '::' } = options
      validateString(address, 'options.address')
      checkPort(port, 'options.port')
      validateInteger(flowlabel, 'options.flowlabel', 0, 2 ** 32 - 1)
      const number = parseIp(address, wanted)
      if (number === undefined) {
        throw codedError(Error, 'ERR_INVALID_ADDRESS', 'Invalid socket address')
      }
      this.#number = number
      this.#family = wanted
      this.#port = Number(port)
      // It has twenty bits.
      this.#flowlabel = flowlabel & 0xfffff
    }

    static isSocketAddress(value: unknown): boolean {
      return Object(value) === value && #number in (value as object)
    }

    static parse(input: unknown): SocketAddress | undefined {
      validateString(input, 'input')
      try {
        const { hostname, port } = new (context.global.URL as Loose)(`http://${input}`)
        const [, inner] = /^\[(.*)\]$/.exec(hostname) ?? []
        const where =
          inner === undefined ? { address: hostname } : { address: inner, family: 'ipv6' }
        return new SocketAddress({ ...where, port: Number(port) })
      } catch {
        return undefined
      }
    }

    get address(): string {
      return formatIp(this.#number, this.#family)
    }

    get port(): number {
      return this.#port
    }

    get family(): Family {
      return this.#family
    }

    get flowlabel(): number {
      return this.#flowlabel
    }

    toJSON(): object {
      const { address, port, family, flowlabel } = this
      return { address, port, family, flowlabel }
    }

    [inspectSymbol](depth: number | null, options: Loose): unknown {
      return inspectAs(context, this, this.toJSON(), depth, options)
    }

    static numberOf(address: SocketAddress): bigint {
      return address.#number
    }
  }
  const { numberOf } = SocketAddress
  Reflect.deleteProperty(SocketAddress, 'numberOf')

  function addressOf(address: Loose, family: unknown, name = 'address'): SocketAddress {
    if (SocketAddress.isSocketAddress(address)) return address
    validateString(address, name)
    validateString(family, 'family')
    return new SocketAddress({ address, family })
  }

  const titleOf = ({ family }: SocketAddress) => (family === 'ipv4' ? 'IPv4' : 'IPv6')

  function addressRule(address: Loose, family: unknown): Rule {
    const known = addressOf(address, family)
    const number = numberOf(known)
    return { text: `${titleOf(known)} ${known.address}`, first: number, last: number }
  }

  function rangeRule(start: Loose, end: Loose, family: unknown): Rule {
    const [from, to] = [addressOf(start, family, 'start'), addressOf(end, family, 'end')]
    const [first, last] = [numberOf(from), numberOf(to)]
    if (from.family === to.family && first > last) {
      const received = context.require('util').inspect(from)
      const text = `The argument 'start' must come before end. Received ${received}`
      throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', text)
    }
    return { text: `${titleOf(from)} ${from.address}-${to.address}`, first, last }
  }

  function subnetRule(network: Loose, prefix: Loose, family: unknown): Rule {
    const known = addressOf(network, family, 'network')
    validateInteger(prefix, 'prefix', 0, known.family === 'ipv4' ? 32 : 128)
    const [first, last] = subnetOf(numberOf(known), prefix, known.family)
    return { text: `${titleOf(known)} ${known.address}/${prefix}`, first, last }
  }

  function cidrRule(cidr: Loose, name = 'cidr'): Rule {
    validateString(cidr, name)
    const at = cidr.lastIndexOf('/')
    const fail = (reason: string) => createError('ERR_INVALID_ARG_VALUE', name, cidr, reason)
    if (at === -1) throw fail('must contain a prefix length (e.g. "10.0.0.0/8")')
    const [network, prefix] = [cidr.slice(0, at), cidr.slice(at + 1)]
    if (!/^(?:0|[1-9]\d*)$/.test(prefix)) throw fail('prefix length must be a valid integer')
    return subnetRule(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4')
  }

  class BlockList {
    /** In the order in which they are shown; of each kind the newest first. */
    readonly #rules: Record<'Address' | 'Subnet' | 'Range', Rule[]> = {
      Address: [],
      Subnet: [],
      Range: [],
    }

    static isBlockList(value: unknown): boolean {
      return Object(value) === value && #rules in (value as object)
    }

    addAddress(address: unknown, family: unknown = 'ipv4'): void {
      const rule = addressRule(address, family)
      this.#remove('Address', rule)
      this.#rules.Address.unshift(rule)
    }

    addAddresses(addresses: unknown, family: unknown = 'ipv4'): void {
      validateArray(addresses, 'addresses')
      for (const [index, address] of addresses.entries()) {
        this.addAddress(addressOf(address, family, `addresses[${index}]`))
      }
    }

    addRange(start: unknown, end: unknown, family: unknown = 'ipv4'): void {
      this.#rules.Range.unshift(rangeRule(start, end, family))
    }

    addSubnet(network: unknown, prefix: unknown, family: unknown = 'ipv4'): void {
      this.#rules.Subnet.unshift(subnetRule(network, prefix, family))
    }

    addCIDR(cidr: unknown): void {
      this.#rules.Subnet.unshift(cidrRule(cidr))
    }

    addCIDRs(cidrs: unknown): void {
      validateArray(cidrs, 'cidrs')
      for (const [index, cidr] of cidrs.entries()) {
        this.#rules.Subnet.unshift(cidrRule(cidr, `cidrs[${index}]`))
      }
    }

    removeAddress(address: unknown, family: unknown = 'ipv4'): void {
      this.#remove('Address', addressRule(address, family))
    }

    removeRange(start: unknown, end: unknown, family: unknown = 'ipv4'): void {
      this.#remove('Range', rangeRule(start, end, family))
    }

    removeSubnet(network: unknown, prefix: unknown, family: unknown = 'ipv4'): void {
      this.#remove('Subnet', subnetRule(network, prefix, family))
    }

    removeCIDR(cidr: unknown): void {
      this.#remove('Subnet', cidrRule(cidr))
    }

    #remove(kind: 'Address' | 'Subnet' | 'Range', { text }: Rule): void {
      const rules = this.#rules[kind]
      const index = rules.findIndex((rule) => rule.text === text)
      if (index !== -1) rules.splice(index, 1)
    }

    check(address: Loose, family: unknown = 'ipv4'): boolean {
      let number: bigint
      try {
        number = numberOf(addressOf(address, family))
      } catch (error) {
        if ((error as Loose).code === 'ERR_INVALID_ADDRESS') return false
        throw error
      }
      const rules = Object.values(this.#rules).flat()
      return rules.some(({ first, last }) => number >= first && number <= last)
    }

    clear(): void {
      for (const rules of Object.values(this.#rules)) rules.length = 0
    }

    toJSON(): string[] {
      return this.rules
    }

    fromJSON(data: Loose): void {
      const list = typeof data === 'string' ? JSON.parse(data) : data
      if (!Array.isArray(list) || list.some((one) => typeof one !== 'string')) {
        throw createError('ERR_INVALID_ARG_TYPE', 'data', ['string', 'string[]'], list)
      }
      for (const text of list) {
        const [, kind, title, first, mark, last] =
          /^(Address|Subnet|Range): (IPv[46]) ([^-/]+)(?:([-/])(.+))?$/.exec(text) ?? []
        if (kind === 'Address' && mark === undefined) {
          if (parseIp(first as string, title?.toLowerCase() as Family) !== undefined) {
            this.addAddress(first, title)
          }
        } else if (kind === 'Subnet' && mark === '/') this.addSubnet(first, Number(last), title)
        else if (kind === 'Range' && mark === '-') this.addRange(first, last, title)
      }
    }

    get rules(): string[] {
      return Object.entries(this.#rules).flatMap(([kind, rules]) =>
        rules.map(({ text }) => `${kind}: ${text}`),
      )
    }

    get size(): number {
      return Object.values(this.#rules).flat().length
    }

    [inspectSymbol](depth: number | null, options: Loose): unknown {
      return inspectAs(context, this, { rules: this.rules }, depth, options)
    }
  }
  return {
    SocketAddress,
    BlockList: Object.assign(BlockList, { PRIVATE_RANGES: privateRanges.split(' ') }),
  }
}

export default shim
