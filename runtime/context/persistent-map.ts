// The values of one context: a map whose copy costs the same however much it holds, and which is edited in place as long as
// nobody shares it. A 32-way trie over dense ids: there is nothing to hash, so nothing collides.
//
// Nodes carry the *edition* of the map that made them, and a map edits only nodes of its own edition. Copying takes the edition
// from both sides, so that each copies a node before its next write to it. A map that owns a leaf owns the way to it, too.

/** What stands where there is no value. Not `undefined`: that is a value. */
export const ABSENT = Symbol()
export type Absent = typeof ABSENT

const BITS = 5
const WIDTH = 1 << BITS
const MASK = WIDTH - 1

interface Key {
  readonly id: number
}

/** Up to 32 neighbouring ids; the arrays are as long as the highest one needs. */
class Leaf<K extends Key, V> {
  constructor(
    readonly edition: number,
    readonly keys: (K | undefined)[],
    readonly values: (V | Absent)[],
  ) {}

  /** Makes room for a key that is not there. */
  claim(index: number, key: K): void {
    while (this.keys.length <= index) {
      this.keys.push(undefined)
      this.values.push(ABSENT)
    }
    this.keys[index] = key
  }
}

class Branch<K extends Key, V> {
  constructor(
    readonly edition: number,
    readonly children: (Node<K, V> | undefined)[],
  ) {}
}

type Node<K extends Key, V> = Leaf<K, V> | Branch<K, V>

/** An edition that no node has: a map that owns nothing. */
const NONE = 0
let editions = NONE

export class PersistentMap<K extends Key, V> {
  #root: Node<K, V> | undefined
  /** How far to shift an id to get its place in the root: 0 where the root is a leaf. */
  #shift = 0
  #size = 0
  #edition = NONE

  get size(): number {
    return this.#size
  }

  get(key: K): V | Absent {
    const leaf = this.#leafOf(key.id)
    return leaf === undefined ? ABSENT : valueAt(leaf, key.id & MASK)
  }

  /** Returns what stood there before. An identical value changes nothing and copies nothing. */
  set(key: K, value: V): V | Absent {
    const { id } = key
    const index = id & MASK
    let leaf = this.#leafOf(id)
    const previous = leaf === undefined ? ABSENT : valueAt(leaf, index)
    if (leaf === undefined || leaf.edition !== this.#edition) {
      if (Object.is(previous, value)) return previous
      leaf = this.#ownLeaf(id)
    }
    if (previous === ABSENT) {
      this.#size++
      leaf.claim(index, key)
    }
    leaf.values[index] = value
    return previous
  }

  /** Returns what stood there before. A key that is not there changes nothing and copies nothing. */
  delete(key: K): V | Absent {
    const { id } = key
    const index = id & MASK
    let leaf = this.#leafOf(id)
    const previous = leaf === undefined ? ABSENT : valueAt(leaf, index)
    if (leaf === undefined || previous === ABSENT) return ABSENT
    if (leaf.edition !== this.#edition) leaf = this.#ownLeaf(id)
    this.#size--
    leaf.keys[index] = undefined
    leaf.values[index] = ABSENT
    return previous
  }

  /** A map with the same content, which goes its own way from now on. */
  copy(): PersistentMap<K, V> {
    const copy = new PersistentMap<K, V>()
    copy.#root = this.#root
    copy.#shift = this.#shift
    copy.#size = this.#size
    this.#edition = NONE
    return copy
  }

  /** Whether nothing was written to either side since one was copied from the other. */
  isSharedWith(other: PersistentMap<K, V>): boolean {
    return this.#root === other.#root
  }

  /** The content of the moment of the call, by id, whatever is written while it is read. */
  entries(): Generator<[K, V], void> {
    this.#edition = NONE
    return entriesOf(this.#root)
  }

  #leafOf(id: number): Leaf<K, V> | undefined {
    let node = this.#root
    for (let shift = this.#shift; shift > 0; shift -= BITS) {
      if (node === undefined) return undefined
      node = (node as Branch<K, V>).children[(id >>> shift) & MASK]
    }
    return id >>> this.#shift < WIDTH ? (node as Leaf<K, V> | undefined) : undefined
  }

  /** The leaf for `id`, with everything on the way to it, as this map's own to edit. */
  #ownLeaf(id: number): Leaf<K, V> {
    if (this.#edition === NONE) this.#edition = ++editions
    const edition = this.#edition
    while (id >>> this.#shift >= WIDTH) {
      this.#root = this.#root && new Branch(edition, [this.#root])
      this.#shift += BITS
    }
    let node: Node<K, V> = own(this.#root, edition, this.#shift)
    this.#root = node
    for (let shift = this.#shift; shift > 0; shift -= BITS) {
      const { children } = node as Branch<K, V>
      const at = (id >>> shift) & MASK
      const child = own(children[at], edition, shift - BITS)
      while (children.length < at) children.push(undefined)
      children[at] = child
      node = child
    }
    return node as Leaf<K, V>
  }
}

function valueAt<K extends Key, V>(leaf: Leaf<K, V>, index: number): V | Absent {
  return index < leaf.values.length ? (leaf.values[index] as V | Absent) : ABSENT
}

/** `node`, made where it is missing, copied where it is another edition's. */
function own<K extends Key, V>(node: Node<K, V> | undefined, edition: number, shift: number): Node<K, V> {
  if (node === undefined) return shift === 0 ? new Leaf<K, V>(edition, [], []) : new Branch(edition, [])
  if (node.edition === edition) return node
  return node instanceof Leaf
    ? new Leaf(edition, node.keys.slice(), node.values.slice())
    : new Branch(edition, node.children.slice())
}

function* entriesOf<K extends Key, V>(node: Node<K, V> | undefined): Generator<[K, V], void> {
  if (node instanceof Branch) for (const child of node.children) yield* entriesOf(child)
  if (!(node instanceof Leaf)) return
  for (const [index, key] of node.keys.entries()) {
    if (key !== undefined) yield [key, node.values[index] as V]
  }
}
