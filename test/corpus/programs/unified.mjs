import { unified } from 'unified'

const words = () => ({
  parser: (text) => ({ type: 'root', children: text.split(' ') }),
})
function parser() {
  this.parser = words().parser
}
function compiler() {
  this.compiler = ({ children }) => children.join('-')
}
const shout =
  ({ mark }) =>
  (tree) => ({ ...tree, children: tree.children.map((word) => word.toUpperCase() + mark) })

export async function processed() {
  const file = await unified().use(parser).use(shout, { mark: '!' }).use(compiler).process('a b')
  return [String(file), file.messages.length]
}
export function steps() {
  const processor = unified().use(parser).use(shout, { mark: '?' }).use(compiler).freeze()
  const tree = processor.parse('c d')
  return [tree, processor.runSync(tree), processor.stringify(tree), processor.data('settings')]
}
export const frozen = () => unified().freeze().use(parser)
export const failing = () => unified().processSync('a')
