/** What of net only computes, against node's. */
import { likeNode } from './like-node.ts'

/** Each program begins with these. */
const setUp = `
  const { BlockList, SocketAddress, ...net } = require('net'), { inspect } = require('util')
  const all = (list) => list.map((fn) => caught(fn))
  const listOf = (...steps) => { const list = new BlockList(); for (const [name, ...args] of steps) list[name](...args); return list };`

const programs: Record<string, string> = {
  'which texts are addresses': `
    return ['127.0.0.1', '1.2.3', '256.1.1.1', '01.2.3.4', '1.2.3.4.5', '::', '::1', 'fe80::1%eth0', '::ffff:1.2.3.4', '1::2::3', '12345::', 'g::', '', null, undefined, 5, {}, '1:2:3:4:5:6:7:8',
      '1:2:3:4:5:6:7', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:7:1.2.3.4', ' 1.1.1.1', '1.1.1.1\\n', '::%', new String('1.1.1.1')].map((text) => [net.isIP(text), net.isIPv4(text), net.isIPv6(text)])`,
  'socket addresses': `
    const made = [undefined, {}, { address: '::1', family: 'ipv6', port: 80, flowlabel: 5 }, { family: 'IPv6' }, { port: '81' }, { flowlabel: 2 ** 21 }].map((options) => new SocketAddress(options))
    return [made.map((one) => [one.address, one.port, one.family, one.flowlabel, one.toJSON(), inspect(one), inspect([[[one]]])]), SocketAddress.isSocketAddress(made[0]), SocketAddress.isSocketAddress({}),
      ['::ffff:1.2.3.4', '::1.2.3.4', '::1:2', '1:0:0:2:0:0:0:3', '1:0:2:3:4:5:6:7', 'fe80::1%eth0', '0:0:0:0:0:0:0:0', '::ffff:0:0', '1:2:3:4:5:6:0:0', 'ABCD:0::1'].map((address) => new SocketAddress({ address, family: 'ipv6' }).address)]`,
  'socket addresses that are none': `
    return all([5, null, { address: 'x' }, { address: 5 }, { address: '::1' }, { address: '1.1.1.1', family: 'ipv6' }, { port: 70000 }, { port: 'a' }, { port: '' }, { port: 1.5 }, { family: 'x' }, { family: 5 }, { flowlabel: -1 }]
      .map((options) => () => new SocketAddress(options)))`,
  'socket addresses in texts': `
    return ['1.2.3.4', '1.2.3.4:81', '1.2.3.4:80', '[::1]:8080', '[::1]', '::1', '', 'x', '1.2.3.4:99999', ':80', '0x7f.1:81', 'http://1.2.3.4'].map((text) => SocketAddress.parse(text)?.toJSON() ?? null)
      .concat(all([() => SocketAddress.parse(5)]))`,
  'what a list blocks': `
    const list = listOf(['addAddress', '1.1.1.1'], ['addRange', '10.0.0.1', '10.0.0.10'], ['addSubnet', '8592:757c:efae:4e45::', 64, 'ipv6'], ['addSubnet', '192.168.0.0', 16], ['addSubnet', '::ffff:11.0.0.0', 120, 'ipv6'],
      ['addAddress', new SocketAddress({ address: '1.2.3.4' })], ['addCIDR', 'fe80::/10'])
    const asked = [['1.1.1.1'], ['1.1.1.2'], ['10.0.0.3'], ['10.0.0.11'], ['::ffff:a00:3', 'ipv6'], ['::ffff:1.1.1.1', 'IPv6'], ['8592:757c:efae:4e45::1', 'ipv6'], ['8592:757c:efae:4e46::1', 'ipv6'], ['192.168.255.1'], ['192.169.0.1'],
      ['11.0.0.200'], ['fe80::5', 'ipv6'], ['1.2.3.4'], ['x'], ['::1'], [new SocketAddress({ address: '10.0.0.1' })]]
    const all4 = listOf(['addSubnet', '0.0.0.0', 0])
    return [asked.map((args) => list.check(...args)), list.rules, list.toJSON(), list.size, inspect(list), ['9.9.9.9', '::1', '::ffff:9.9.9.9'].map((address) => all4.check(address, address.includes(':') ? 'ipv6' : 'ipv4'))]`,
  'rules that come and go': `
    const list = listOf(['addAddress', '9.9.9.9'], ['addAddresses', ['1.1.1.1', '5.5.5.5']], ['addAddress', '9.9.9.9'], ['addSubnet', '1.2.3.4', 8], ['addSubnet', '2.0.0.0', 8], ['addRange', '1.1.1.1', '1.1.1.2'], ['addCIDRs', BlockList.PRIVATE_RANGES])
    const seen = [[...list.rules].sort(), list.size]
    list.removeAddress('1.1.1.1'); list.removeAddress('7.7.7.7'); list.removeSubnet('2.0.0.0', 9); list.removeSubnet('2.0.0.0', 8); list.removeRange('1.1.1.1', '1.1.1.2'); list.removeCIDR('10.0.0.0/8')
    seen.push([...list.rules].sort())
    list.clear()
    const copy = new BlockList()
    copy.fromJSON(['Subnet: IPv4 192.168.1.0/24', 'Address: IPv4 10.0.0.5', 'Range: IPv4 192.168.2.1-192.168.2.10', 'Address: IPv6 ::1', 'nope', 'Address: IPv4 nope'])
    copy.fromJSON('["Address: IPv4 1.1.1.1"]')
    return [seen, list.rules, copy.rules, BlockList.isBlockList(copy), BlockList.isBlockList({})]`,
  'rules that are none': `
    const calls = [['addAddress', 'x'], ['addAddress', 5], ['addAddress', '1.1.1.1', 'ipv5'], ['addAddress', '1.1.1.1', 5], ['addAddress', '::1'], ['addRange', '1.1.1.2', '1.1.1.1'], ['addRange', '1.1.1.1'], ['addSubnet', '1.1.1.1', 33],
      ['addSubnet', '1.1.1.1', 'a'], ['addSubnet', '::', 129, 'ipv6'], ['check', 5], ['addAddresses', '1.1.1.1'], ['addAddresses', [5]], ['addCIDR', 'x'], ['addCIDR', 5], ['addCIDR', '1.1.1.1/40'], ['addCIDR', '1.1.1.1/a'], ['addCIDR', '1.1.1.1/08'],
      ['addCIDR', '1.1.1.1/8/8'], ['addCIDRs', 'x'], ['addCIDRs', [5]], ['removeAddress', 5], ['fromJSON', 5], ['fromJSON', 'x'], ['fromJSON', [5]], ['fromJSON', ['Subnet: IPv4 1.1.1.1/99']]]
    return all(calls.map((call) => () => listOf(call)))`,
  'sockets of objects, which there are none of': `
    return all([{ objectMode: true }, { readableObjectMode: 1 }, { writableObjectMode: true }, { objectMode: false, readableObjectMode: 0 }, null].map((options) => () => void new net.Socket(options)))`,
  'time limits of sockets': `
    const settle = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    const refused = [null, undefined, 'a', -1, NaN, Infinity, 1n, {}].map((limit) => caught(() => void new net.Socket().setTimeout(limit)))
    const callbacks = [null, 'a', 5].flatMap((callback) => [0, 1].map((limit) => caught(() => void new net.Socket().setTimeout(limit, callback))))
    const seen = [], note = (name) => () => seen.push(name)
    const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((name) => new net.Socket().on('timeout', note(name)))
    const before = one.timeout, isSame = one.setTimeout(1, note('callback')) === one
    two.setTimeout(1, note('dropped')); two.setTimeout(0)
    three.setTimeout(1); three.destroy()
    four.destroy(); four.setTimeout(1)
    const dropped = note('off'), five = new net.Socket(); five.setTimeout(5, dropped); five.setTimeout(0, dropped)
    await settle(20)
    return [refused, callbacks, seen, before, isSame, [one, two, three, four].map((socket) => [socket.timeout, socket.listenerCount('timeout')]), five.listenerCount('timeout')]`,
  'which family is tried': `
    const before = net.getDefaultAutoSelectFamily()
    net.setDefaultAutoSelectFamily(false)
    const after = net.getDefaultAutoSelectFamily()
    net.setDefaultAutoSelectFamily(before)
    return [before, after, caught(() => net.setDefaultAutoSelectFamily(5))]`,
}

likeNode(
  'net',
  Object.fromEntries(Object.entries(programs).map(([name, body]) => [name, setUp + body])),
)
