// The values of one context: a map whose copy costs the same however much it holds, and which is edited in place as long as
// nobody shares it. A 32-way trie over dense ids: there is nothing to hash, so nothing collides.
//
// Nodes carry the *edition* of the map that made them, and a map edits only nodes of its own edition. Copying takes the edition
// from both sides, so that each copies a node before its next write to it.

/** What stands where there is no value. Not `undefined`: that is a value. */
export const ABSENT = Symbol('absent')
export type Absent = typeof ABSENT

const BITS = 5
const WIDTH = 1 << BITS

/** An edition that no node has: a map that owns nothing. */
const NONE = 0
let editions = NONE

interface Key {
  readonly id: number
}

/** `index` is the part of the key's id that is left at this node; a parent takes the upper bits away. */
interface Node<K extends Key, V> {
  get(index: number): V | Absent
  /** Returns the node that holds the change: itself where `edition` owns it. */
  set(index: number, key: K, value: V, edition: number): Node<K, V>
  delete(index: number, edition: number): Node<K, V>
  entries(): Generator<[K, V], void>
}

class Leaf<K extends Key, V> implements Node<K, V> {
  readonly #edition: number
  readonly #keys: (K | undefined)[]
  readonly #values: (V | Absent)[]

  constructor(edition: number, keys: (K | undefined)[], values: (V | Absent)[]) {
    this.#edition = edition
    this.#keys = keys
    this.#values = values
  }

  get(index: number): V | Absent {
    return index < this.#values.length ? (this.#values[index] as V | Absent) : ABSENT
  }

  set(index: number, key: K, value: V, edition: number): Leaf<K, V> {
    const leaf = this.#ownedBy(edition)
    const { length } = leaf.#keys
    for (let i = length; i < index; i++) {
      leaf.#keys.push(undefined)
      leaf.#values.push(ABSENT)
    }
    leaf.#keys[index] = key
    leaf.#values[index] = value
    return leaf
  }

  delete(index: number, edition: number): Leaf<K, V> {
    const leaf = this.#ownedBy(edition)
    leaf.#keys[index] = undefined
    leaf.#values[index] = ABSENT
    return leaf
  }

  *entries(): Generator<[K, V], void> {
    for (const [index, key] of this.#keys.entries()) {
      if (key !== undefined) yield [key, this.#values[index] as V]
    }
  }

  #ownedBy(edition: number): Leaf<K, V> {
    return this.#edition === edition ? this : new Leaf(edition, this.#keys.slice(), this.#values.slice())
  }
}

class Branch<K extends Key, V> implements Node<K, V> {
  readonly #edition: number
  /** How far to shift an index to get that of the child. */
  readonly #shift: number
  readonly #children: (Node<K, V> | undefined)[]

  constructor(edition: number, shift: number, children: (Node<K, V> | undefined)[]) {
    this.#edition = edition
    this.#shift = shift
    this.#children = children
  }

  get(index: number): V | Absent {
    const child = this.#children[index >>> this.#shift]
    return child === undefined ? ABSENT : child.get(this.#below(index))
  }

  set(index: number, key: K, value: V, edition: number): Branch<K, V> {
    const at = index >>> this.#shift
    const child = this.#children[at] ?? emptyNode<K, V>(edition, this.#shift - BITS)
    const changed = child.set(this.#below(index), key, value, edition)
    if (changed === this.#children[at]) return this
    const branch = this.#ownedBy(edition)
    for (let i = branch.#children.length; i < at; i++) branch.#children.push(undefined)
    branch.#children[at] = changed
    return branch
  }

  delete(index: number, edition: number): Branch<K, V> {
    const at = index >>> this.#shift
    const child = this.#children[at]
    const changed = child?.delete(this.#below(index), edition)
    if (changed === child) return this
    const branch = this.#ownedBy(edition)
    branch.#children[at] = changed
    return branch
  }

  *entries(): Generator<[K, V], void> {
    for (const child of this.#children) {
      if (child !== undefined) yield* child.entries()
    }
  }

  #below(index: number): number {
    return index & ((1 << this.#shift) - 1)
  }

  #ownedBy(edition: number): Branch<K, V> {
    return this.#edition === edition ? this : new Branch(edition, this.#shift, this.#children.slice())
  }
}

function emptyNode<K extends Key, V>(edition: number, shift: number): Node<K, V> {
  return shift === 0 ? new Leaf(edition, [], []) : new Branch(edition, shift, [])
}

export class PersistentMap<K extends Key, V> {
  #root: Node<K, V>
  /** The root's shift: ids below `WIDTH << #shift` have a place. */
  #shift: number
  #size: number
  #edition = NONE

  constructor(origin?: PersistentMap<K, V>) {
    this.#root = origin === undefined ? emptyNode(NONE, 0) : origin.#root
    this.#shift = origin === undefined ? 0 : origin.#shift
    this.#size = origin === undefined ? 0 : origin.#size
  }

  get size(): number {
    return this.#size
  }

  get(key: K): V | Absent {
    return this.#hasPlaceFor(key) ? this.#root.get(key.id) : ABSENT
  }

  /** Returns what stood there before. An identical value changes nothing and copies nothing. */
  set(key: K, value: V): V | Absent {
    const previous = this.get(key)
    if (Object.is(previous, value)) return previous
    if (previous === ABSENT) this.#size++
    while (!this.#hasPlaceFor(key)) {
      this.#shift += BITS
      this.#root = new Branch(this.#ownEdition(), this.#shift, [this.#root])
    }
    this.#root = this.#root.set(key.id, key, value, this.#ownEdition())
    return previous
  }

  /** Returns what stood there before. A key that is not there changes nothing and copies nothing. */
  delete(key: K): V | Absent {
    const previous = this.get(key)
    if (previous === ABSENT) return ABSENT
    this.#size--
    this.#root = this.#root.delete(key.id, this.#ownEdition())
    return previous
  }

  /** A map with the same content, which goes its own way from now on. */
  copy(): PersistentMap<K, V> {
    this.#edition = NONE
    return new PersistentMap(this)
  }

  /** Whether nothing was written to either side since one was copied from the other. */
  isSharedWith(other: PersistentMap<K, V>): boolean {
    return this.#root === other.#root
  }

  /** The content of this moment, by id, whatever is written while it is read. */
  entries(): Generator<[K, V], void> {
    this.#edition = NONE
    return this.#root.entries()
  }

  #hasPlaceFor(key: K): boolean {
    return key.id >>> this.#shift < WIDTH
  }

  #ownEdition(): number {
    if (this.#edition === NONE) this.#edition = ++editions
    return this.#edition
  }
}
