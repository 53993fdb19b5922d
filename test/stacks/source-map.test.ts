/** `Module.SourceMap` and what belongs to it, beside node 26.10. */
import { likeNode } from '../shims/like-node.ts'
import { transpiled } from './transpiled.ts'

const { map } = transpiled(
  `export const add = (first: number, second: number): number => {\n  return first + second\n}\nadd(1, 2)`,
  'add.ts',
  { minify: true },
)

likeNode('X15 module.SourceMap', {
  'is a class of node’s shape': `
    const { SourceMap } = require('module')
    const members = Object.entries(Object.getOwnPropertyDescriptors(SourceMap.prototype)).map(
      ([name, { value, get, set, ...rest }]) => [name, typeof value, typeof get, typeof set, value?.length, rest])
    const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(require('module'), 'SourceMap')
    return [SourceMap.name, SourceMap.length, members, writable, enumerable, configurable,
      Object.getOwnPropertyNames(new SourceMap({ sources: [], mappings: '' }))]`,

  'functions around it have node’s shape': `
    const Module = require('module')
    return ['findSourceMap', 'getSourceMapsSupport', 'setSourceMapsSupport'].map((name) => {
      const { value, ...rest } = Object.getOwnPropertyDescriptor(Module, name)
      return [value.name, value.length, rest] })`,

  'refuses what is no payload': `
    const { SourceMap } = require('module')
    return [undefined, null, 1, 'x', [], () => {}, {}, { sources: [] }, { sources: ['a'], mappings: 1 }, { sections: 1 }, { sections: [{}] }]
      .map((payload) => caught(() => typeof new SourceMap(payload)))`,

  'finds entries of every column and beyond': `
    const { SourceMap } = require('module')
    const one = new SourceMap(${map})
    const found = []
    for (let line = -1; line < 3; line++) for (let column = -1; column < 160; column++) found.push(one.findEntry(line, column))
    return [found, one.findEntry(), one.findEntry(NaN, 1), one.findEntry('0', '20')]`,

  'finds origins': `
    const { SourceMap } = require('module')
    const one = new SourceMap(${map})
    const found = []
    for (let line = 0; line < 3; line++) for (let column = 0; column < 160; column++) found.push(one.findOrigin(line, column))
    return [found, one.findOrigin()]`,

  'of texts that come from nowhere': `
    const { SourceMap } = require('module')
    const one = new SourceMap({ sources: ['a'], names: ['n'], mappings: 'A,EAAA,CCAAA;;;;G,AAAA' })
    return [0, 1, 2, 3, 9].map((column) => [one.findEntry(0, column), one.findOrigin(1, column + 1), one.findEntry(4, column)])`,

  'with entries in disorder': `
    const { SourceMap } = require('module')
    const one = new SourceMap({ sources: ['a'], mappings: 'UAAA,FAAE,FAAE;A' })
    return [0, 5, 6, 7, 8, 9, 10, 11].map((column) => one.findEntry(0, column))`,

  'with the greatest and the least numbers': `
    const { SourceMap } = require('module')
    return ['A', 'B', 'D', '+/////D', '//////D', '2/////D'].map(
      (column) => new SourceMap({ sources: ['a'], mappings: 'AAA' + column }).findEntry(0, 0))`,

  'with sections': `
    const { SourceMap } = require('module')
    const section = (line, column, source) => ({ offset: { line, column }, map: { sources: [source], names: [source], mappings: 'AAAAA,IAAI;CAAC' } })
    const one = new SourceMap({ version: 3, sections: [section(0, 4, 'a'), section(2, 7, 'b')] })
    const found = []
    for (let line = 0; line < 5; line++) for (let column = 0; column < 14; column++) found.push(one.findEntry(line, column))
    return found`,

  'keeps copies': `
    const { SourceMap } = require('module')
    const payload = { version: 3, sources: ['a'], names: [], mappings: 'AAAA', file: 'x', other: [1] }
    const lineLengths = [1, 2]
    const one = new SourceMap(payload, { lineLengths })
    return [one.payload, one.payload !== payload, one.payload.sources !== payload.sources, one.payload !== one.payload,
      one.lineLengths, one.lineLengths !== lineLengths, new SourceMap(payload).lineLengths, new SourceMap(payload, { lineLengths: [] }).lineLengths,
      new SourceMap(payload, { lineLengths: 'x' }).lineLengths]`,

  'takes arguments as node does': `
    const { setSourceMapsSupport, getSourceMapsSupport, findSourceMap } = require('module')
    const before = getSourceMapsSupport()
    const refused = [[], [1], ['true'], [true, null], [true, 1], [true, []], [true, { nodeModules: 1 }], [true, { generatedCode: 'x' }]].map(
      (args) => caught(() => setSourceMapsSupport(...args)))
    const results = [setSourceMapsSupport(true, { nodeModules: true, x: 1 })]
    const between = getSourceMapsSupport()
    setSourceMapsSupport(true, undefined)
    const after = getSourceMapsSupport()
    setSourceMapsSupport(false)
    return [before, refused, results, between, after, Object.isFrozen(before), Object.getPrototypeOf(before), between === getSourceMapsSupport(),
      [undefined, null, 1, '', 'absent', 'node:fs', 'http://x/y', '%'].map((path) => typeof findSourceMap(path))]`,

  'is switched by the process, too': `
    const { getSourceMapsSupport } = require('module')
    const refused = [undefined, 1, 'x'].map((value) => caught(() => process.setSourceMapsEnabled(value)))
    process.setSourceMapsEnabled(true)
    const on = [getSourceMapsSupport(), process.sourceMapsEnabled]
    process.setSourceMapsEnabled(false)
    return [refused, on, getSourceMapsSupport(), process.sourceMapsEnabled]`,
})
