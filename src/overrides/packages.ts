/** Which package a file belongs to, and what its package.json says that the resolver does not read. */
import { dirname } from '../path.ts'
import { Kind, type Volume } from '../seams.ts'

/** A package as its package.json describes it. */
export interface Package {
  /** Empty where neither package.json nor `node_modules` gives one. */
  readonly name: string
  readonly directory: string
  /** All of its package.json; empty where there is none. */
  readonly json: Readonly<Record<string, unknown>>
}

/** Answers are kept for as long as the loader lives, as those of node's package scope are. */
export class Packages {
  readonly #volume: Volume
  readonly #top: string
  readonly #byDirectory: Map<string, Package> = new Map()

  /** @param top the directory above which nothing is asked */
  constructor(volume: Volume, top: string) {
    this.#volume = volume
    this.#top = top
  }

  /**
   * The package of a file: the nearest package.json that has a name (or overrides), below the next `node_modules`. One
   * without, as builds leave them in `dist/cjs`, only describes a folder of its package.
   */
  ofFile(filename: string): Package {
    return this.#at(dirname(filename))
  }

  /** The package of a program, by the path of its main file or by a directory. Links are followed, as node does. */
  ofProgram(path: string): Package {
    const found = this.#volume.locate(path)
    if (found === undefined) return this.ofFile(path)
    const { entry, directory } = found
    return this.#at(entry.kind === Kind.Directory ? entry.path : directory.path)
  }

  #at(directory: string): Package {
    let known = this.#byDirectory.get(directory)
    if (known === undefined) {
      known = this.#find(directory)
      this.#byDirectory.set(directory, known)
    }
    return known
  }

  #find(directory: string): Package {
    const json = readJson(this.#volume, directory)
    const [, installed] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(directory) ?? []
    const own = { name: nameOf(json) ?? installed ?? '', directory, json: json ?? {} }
    if (json !== undefined && describesPackage(json)) return own
    if (installed !== undefined) return own
    const isTop = directory === this.#top || directory === dirname(directory)
    if (isTop || directory.endsWith('/node_modules')) return own
    const above = this.#at(dirname(directory))
    const isAboveKnown = above.name !== '' || describesPackage(above.json)
    return json === undefined || isAboveKnown ? above : own
  }
}

function nameOf(json: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return typeof json?.name === 'string' && json.name !== '' ? json.name : undefined
}

function describesPackage(json: Readonly<Record<string, unknown>>): boolean {
  return nameOf(json) !== undefined || 'lodger' in json || 'jetpack' in json
}

/** A package.json as an object; `undefined` when it is absent or anything else. What is wrong with it the resolver says. */
function readJson(volume: Volume, directory: string): Record<string, unknown> | undefined {
  const file = volume.lookup(directory === '/' ? '/package.json' : `${directory}/package.json`)
  if (file?.kind !== Kind.File) return undefined
  try {
    const json: unknown = JSON.parse(file.text().replace(/^\ufeff/, ''))
    return isObject(json) ? json : undefined
  } catch {
    return undefined
  }
}

/** Neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
