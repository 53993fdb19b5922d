/**
 * What the loader keeps on a module where no guest code can see it, as node does with private symbols: members that a
 * class adds to an object which it did not make. A `WeakMap` would hash each module, and be walked by the collector.
 */
import type { FilePlace, Places } from '../resolve/place.ts'
import type { Module } from './module.ts'

type Parent = Module | null | undefined

/** As a base class it makes nothing: the object that it is given gets the members of the class on top. */
function itself(object: object): object {
  return object
}
const Itself = itself as unknown as new (object: object) => object

class Hidden extends Itself {
  #parent: Parent
  #turn: number | undefined
  #file: FilePlace | undefined
  /** Of the loader that last asked: a guest may hand a module to another one. */
  #places: Places | undefined

  constructor(module: Module, parent: Parent) {
    super(module)
    this.#parent = parent
    this.#turn = undefined
    this.#file = undefined
    this.#places = undefined
  }

  static parentOf(module: object): Parent {
    return #parent in module ? module.#parent : undefined
  }

  static setParent(module: Module, parent: Parent): void {
    if (#parent in module) module.#parent = parent
    else new Hidden(module, parent)
  }

  static turnOf(module: object): number | undefined {
    return #parent in module ? module.#turn : undefined
  }

  static setTurn(module: Module, turn: number): void {
    if (#parent in module) module.#turn = turn
  }

  static fileOf(module: Module, filename: string, places: Places): FilePlace | undefined {
    if (!(#parent in module)) return places.file(filename)
    if (module.#file?.filename !== filename || module.#places !== places) {
      module.#file = places.file(filename)
      module.#places = places
    }
    return module.#file
  }
}

/** `module.parent`: who required a module first; `null` for the main program, `undefined` where nobody is known. */
export const parentOf: (module: object) => Parent = Hidden.parentOf
export const setParent: (module: Module, parent: Parent) => void = Hidden.setParent

/** When a module began to run, among all of its loader. */
export const turnOf: (module: object) => number | undefined = Hidden.turnOf
export const setTurn: (module: Module, turn: number) => void = Hidden.setTurn

/** Of modules that were in the cache before anybody required them: who did so last. */
const requirers = new WeakMap<Module, Module>()

export function setRequirer(module: Module, requirer: Parent): void {
  if (requirer) requirers.set(module, requirer)
}

/** Who requires a module that is being loaded. */
export function requirerOf(module: Module): Parent {
  return requirers.get(module) ?? parentOf(module)
}

/** `Places.file` for the filename of a module, remembered on the module. */
export const fileOf: (module: Module, filename: string, places: Places) => FilePlace | undefined =
  Hidden.fileOf
