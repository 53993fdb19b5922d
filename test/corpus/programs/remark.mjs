import { remark } from 'remark'
import { unified } from 'unified'

const text = '# Title\n\nSome *text* with `code`\\\nand [a link](http://a.b "t").\n\n* one\n* two\n'

export const tree = () => JSON.parse(JSON.stringify(remark().parse(text)))
export async function changed() {
  const upper = () => (tree) => {
    for (const node of tree.children) if (node.type === 'heading') node.depth = 2
  }
  const file = await remark().use(upper).data('settings', { bullet: '+' }).process(text)
  return [String(file), file.messages.length]
}
export const same = () => remark().constructor === unified().constructor
export const failing = () => remark().stringify({ type: 'nope' })
