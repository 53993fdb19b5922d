/**
 * Random trees through node 26.10 and through lodger: not one difference in filenames, exports' identities, errors,
 * require stacks, order of evaluation, warnings and caches.
 *
 *   LODGER_TREES=20000   how many trees (2000)
 *   LODGER_SEED=17       another seed, or `random`
 *   LODGER_TREE=123      only the tree of that number
 *   LODGER_ORACLE=record asks node alone and counts what happens in the trees; `count` names all trees that differ
 */
import { declareTrees } from './check.ts'
import { randomTree } from './trees.ts'

declareTrees('random trees', randomTree, {
  async alsoWrong(each, { steps }) {
    const { explainDiffers } = await import('../oracle/lodger.ts')
    const difference = explainDiffers(each, steps)
    return difference && `explain and resolve differ\n${difference}`
  },
})
