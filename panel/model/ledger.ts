// A map from the page's dense ids to entries, of which a copy costs nothing: a 32-way trie whose nodes are edited in place while
// this ledger owns them, and copied when they are shared. Worlds are kept at many moments and contexts share what they inherited,
// so copies are the common case.

const WIDTH = 32

/** Who may edit a node in place. */
type Mark = object

interface Leaf<Entry> {
  mark: Mark
  /** One bit per entry that was put in or copied since the node was last shared. */
  fresh: number
  entries: (Entry | undefined)[]
}

interface Branch<Entry> {
  mark: Mark
  nodes: (Node<Entry> | undefined)[]
}

type Node<Entry> = Leaf<Entry> | Branch<Entry>

/** Ids may be any safe integer, so digits are divided out where bitwise operators would cut. */
const digit = (id: number, level: number): number =>
  id <= 0x7fffffff && level < 6 ? (id >>> (level * 5)) & 31 : Math.floor(id / WIDTH ** level) % WIDTH

export class Ledger<Id extends number, Entry> implements ReadonlyMap<Id, Entry> {
  private root: Node<Entry> | undefined
  /** How many branches lie above a leaf. */
  private height = 0
  private count = 0
  /** Null while it owns no node: in a fresh fork, and in what was forked. */
  private mark: Mark | null = null

  /** `copyEntry` makes an entry that may be edited without touching the original; only `edit` asks for it. */
  constructor(private readonly copyEntry: (entry: Entry) => Entry = (entry) => entry) {}

  get size(): number {
    return this.count
  }

  get(id: Id): Entry | undefined {
    if (id >= WIDTH ** (this.height + 1)) return undefined
    let node = this.root
    for (let level = this.height; node !== undefined && 'nodes' in node; level--) node = node.nodes[digit(id, level)]
    return node?.entries[id % WIDTH]
  }

  has(id: Id): boolean {
    return this.get(id) !== undefined
  }

  set(id: Id, entry: Entry): void {
    const leaf = this.ownLeaf(id)
    const slot = id % WIDTH
    if (leaf.entries[slot] === undefined) this.count++
    leaf.entries[slot] = entry
    leaf.fresh |= 1 << slot
  }

  /** The entry, free to be edited: no other ledger sees the change. */
  edit(id: Id): Entry | undefined {
    if (!this.has(id)) return undefined
    const leaf = this.ownLeaf(id)
    const slot = id % WIDTH
    const entry = leaf.entries[slot]
    if (entry === undefined || (leaf.fresh & (1 << slot)) !== 0) return entry
    const copy = this.copyEntry(entry)
    leaf.entries[slot] = copy
    leaf.fresh |= 1 << slot
    return copy
  }

  delete(id: Id): void {
    if (!this.has(id)) return
    this.ownLeaf(id).entries[id % WIDTH] = undefined
    this.count--
  }

  /** An independent copy, at once: from now on both copy the nodes that they edit. */
  fork(): Ledger<Id, Entry> {
    const fork = new Ledger<Id, Entry>(this.copyEntry)
    fork.root = this.root
    fork.height = this.height
    fork.count = this.count
    this.mark = null
    return fork
  }

  /** In the order of the ids. */
  *entries(): MapIterator<[Id, Entry]> {
    for (const { base, entries } of this.leaves()) {
      for (let slot = 0; slot < entries.length; slot++) {
        const entry = entries[slot]
        if (entry !== undefined) yield [(base + slot) as Id, entry]
      }
    }
  }

  *keys(): MapIterator<Id> {
    for (const [id] of this.entries()) yield id
  }

  *values(): MapIterator<Entry> {
    for (const { entries } of this.leaves()) {
      for (const entry of entries) if (entry !== undefined) yield entry
    }
  }

  [Symbol.iterator](): MapIterator<[Id, Entry]> {
    return this.entries()
  }

  forEach(visit: (entry: Entry, id: Id, ledger: ReadonlyMap<Id, Entry>) => void): void {
    for (const [id, entry] of this.entries()) visit(entry, id, this)
  }

  private leaves(): { base: number; entries: (Entry | undefined)[] }[] {
    const found: { base: number; entries: (Entry | undefined)[] }[] = []
    const visit = (node: Node<Entry>, level: number, base: number): void => {
      if ('entries' in node) {
        found.push({ base, entries: node.entries })
        return
      }
      for (const [index, child] of node.nodes.entries()) {
        if (child !== undefined) visit(child, level - 1, base + index * WIDTH ** level)
      }
    }
    if (this.root !== undefined) visit(this.root, this.height, 0)
    return found
  }

  /** The leaf where `id` belongs; it and all above it are made this ledger's own. */
  private ownLeaf(id: Id): Leaf<Entry> {
    this.mark ??= {}
    const mark = this.mark
    while (id >= WIDTH ** (this.height + 1)) {
      if (this.root !== undefined) this.root = { mark, nodes: [this.root] }
      this.height++
    }
    let level = this.height
    let node = own(this.root, level, mark)
    this.root = node
    while ('nodes' in node) {
      const index = digit(id, level)
      level--
      const child: Node<Entry> = own(node.nodes[index], level, mark)
      node.nodes[index] = child
      node = child
    }
    return node
  }
}

function own<Entry>(node: Node<Entry> | undefined, level: number, mark: Mark): Node<Entry> {
  if (node === undefined) return level === 0 ? { mark, fresh: 0, entries: [] } : { mark, nodes: [] }
  if (node.mark === mark) return node
  return 'entries' in node ? { mark, fresh: 0, entries: node.entries.slice() } : { mark, nodes: node.nodes.slice() }
}
