/**
 * Random graphs of ES modules, CommonJS and JSON, with hooks, through node 26.10 and through lodger: not one difference
 * in namespaces, their identities, errors, what hooks are told, and the order in which all of it happens.
 * The variables are those of `trees.test.ts`; 1,000 graphs take a minute.
 */
import { declareTrees } from './check.ts'
import { comparable } from './graph-answers.ts'
import { randomGraph } from './graphs.ts'

declareTrees('random graphs', randomGraph, { cut: comparable, usualCount: 1000 })
