/**
 * What the loader keeps on a module where no guest code can see it, as node does with private symbols: members that a
 * class adds to an object which it did not make. Beside a `WeakMap` this costs a tenth, and nothing when memory is
 * collected.
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
  #file: FilePlace | undefined

  constructor(module: Module, parent: Parent) {
    super(module)
    this.#parent = parent
    this.#file = undefined
  }

  static parentOf(module: object): Parent {
    return #parent in module ? module.#parent : undefined
  }

  static setParent(module: Module, parent: Parent): void {
    if (#parent in module) module.#parent = parent
    else new Hidden(module, parent)
  }

  static fileOf(module: Module, filename: string, places: Places): FilePlace | undefined {
    if (!(#parent in module)) return places.file(filename)
    if (module.#file?.filename !== filename) module.#file = places.file(filename)
    return module.#file
  }
}

/** `module.parent`: who required a module first; `null` for the main program, `undefined` where nobody is known. */
export const parentOf: (module: object) => Parent = Hidden.parentOf
export const setParent: (module: Module, parent: Parent) => void = Hidden.setParent

/** `Places.file` for the filename of a module, remembered on the module. */
export const fileOf: (module: Module, filename: string, places: Places) => FilePlace | undefined =
  Hidden.fileOf
