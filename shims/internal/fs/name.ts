/** What memfs calls a link: a name in a directory of the loader's volume, and the inode behind it. */

import { type DirectoryEntry, type Entry, Kind } from '../../../src/seams.ts'
import type { Inode, Place } from './inode.ts'

/** What names need of the store that they belong to. */
export interface NameHome {
  inodeOf(entry: Entry): Inode
  /** Makes the file or directory that memfs asks for, and gives its inode. */
  create(parent: Name, name: string, mode: number): Inode
  /** Removes the entry from the volume. */
  remove(name: Name): void
}

export class Name implements Place {
  readonly vol: NameHome
  parent: Name | undefined
  name: string
  readonly node: Inode
  readonly #known = new Map<string, Name>()
  readonly #children: Children

  constructor(home: NameHome, parent: Name | undefined, name: string, node: Inode) {
    this.vol = home
    this.parent = parent
    this.name = name
    this.node = node
    this.#children = new Children(this)
  }

  get directory(): DirectoryEntry {
    return this.node.entry as DirectoryEntry
  }

  /** memfs looks into this as into a `Map`. */
  get children(): Children {
    return this.#children
  }

  /** How many there are, memfs's word for it. */
  get length(): number {
    return this.#children.size
  }

  get steps(): string[] {
    return this.parent === undefined ? [''] : [...this.parent.steps, this.name]
  }

  get ino(): number {
    return this.node.ino
  }

  getNode(): Inode {
    return this.node
  }

  getName(): string {
    return this.name
  }

  getPath(): string {
    return this.steps.join('/')
  }

  getParentPath(): string {
    return this.steps.slice(0, -1).join('/') || '/'
  }

  getChild(name: string): Name | undefined {
    if (name === '.') return this
    if (name === '..') return this.parent ?? this
    if (!this.node.isDirectory()) return undefined
    const entry = this.directory.get(name)
    if (entry === undefined) {
      this.#known.delete(name)
      return undefined
    }
    const node = this.vol.inodeOf(entry)
    let child = this.#known.get(name)
    if (child === undefined || child.node !== node) {
      child = new Name(this.vol, this, name, node)
      this.#known.set(name, child)
    }
    node.place = child
    return child
  }

  /** memfs gives a node of its own making, of which only the mode says something. */
  createChild(name: string, { mode }: { readonly mode: number }): Name {
    this.vol.create(this, name, mode)
    this.node.touch()
    return this.getChild(name) as Name
  }

  deleteChild(child: Name): void {
    this.vol.remove(child)
    this.#known.delete(child.name)
    this.node.touch()
  }

  /** After a move: the same name object, elsewhere. */
  moved(parent: Name, name: string): void {
    this.parent?.forget(this.name)
    this.parent?.node.touch()
    this.parent = parent
    this.name = name
    parent.adopt(this)
    parent.node.touch()
  }

  forget(name: string): void {
    this.#known.delete(name)
  }

  adopt(child: Name): void {
    this.#known.set(child.name, child)
  }
}

/** A directory's entries as the `Map` that memfs expects: looked up when they are asked for, never copied. */
export class Children {
  readonly #name: Name

  constructor(name: Name) {
    this.#name = name
  }

  #names(): string[] {
    const { entry } = this.#name.node
    return entry.kind === Kind.Directory ? entry.names() : []
  }

  get size(): number {
    return this.#names().length
  }

  get(name: string): Name | undefined {
    return this.#name.getChild(name)
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  keys(): IterableIterator<string> {
    return this.#names().values()
  }

  *entries(): IterableIterator<[string, Name]> {
    for (const name of this.#names()) {
      const child = this.get(name)
      if (child !== undefined) yield [name, child]
    }
  }

  *values(): IterableIterator<Name> {
    for (const [, child] of this.entries()) yield child
  }

  [Symbol.iterator](): IterableIterator<[string, Name]> {
    return this.entries()
  }
}
