// A map from the page's dense ids to entries, of which a copy costs nothing: a 32-way trie whose nodes are edited in place while
// this ledger owns them, and copied when they are shared. Worlds are kept at many moments and contexts share what they inherited,
// so copies are the common case. There is one for what each of 100,000 contexts holds, so small ones are small.

const WIDTH = 32

/** Who may edit a node in place: the ledger with the same mark. Marks are never used twice. */
type Mark = number
let lastMark: Mark = 0
const NOBODY: Mark = 0

/** Holds only the entries that are there: `present` has one bit for each, lowest id first. */
interface Leaf<Entry> {
  mark: Mark
  present: number
  /** One bit for each entry that was put in or copied since the node was last shared. */
  fresh: number
  entries: Entry[]
}

interface Branch<Entry> {
  mark: Mark
  nodes: (Node<Entry> | undefined)[]
}

type Node<Entry> = Leaf<Entry> | Branch<Entry>

/** An id, and its entry on either side. */
export type Difference<Id, Entry> = (id: Id, now: Entry | undefined, before: Entry | undefined) => void

export class Ledger<Id extends number, Entry> implements ReadonlyMap<Id, Entry> {
  private root: Node<Entry> | undefined
  /** How many branches lie above a leaf, and the first id for which these are too few. */
  private height = 0
  private end = WIDTH
  private count = 0
  /** Nobody's while it owns no node: in a fresh fork, and in what was forked. */
  private mark: Mark = NOBODY

  /** `copyEntry` makes an entry that may be edited without touching the original; only `edit` asks for it. */
  constructor(private readonly copyEntry: ((entry: Entry) => Entry) | null = null) {}

  get size(): number {
    return this.count
  }

  get(id: Id): Entry | undefined {
    const leaf = this.leafOf(id)
    if (leaf === undefined) return undefined
    const bit = 1 << (id % WIDTH)
    return (leaf.present & bit) === 0 ? undefined : leaf.entries[rank(leaf.present, bit)]
  }

  has(id: Id): boolean {
    const leaf = this.leafOf(id)
    return leaf !== undefined && (leaf.present & (1 << (id % WIDTH))) !== 0
  }

  set(id: Id, entry: Entry): void {
    const leaf = this.ownLeaf(id)
    const bit = 1 << (id % WIDTH)
    const index = rank(leaf.present, bit)
    leaf.fresh |= bit
    if ((leaf.present & bit) !== 0) {
      leaf.entries[index] = entry
      return
    }
    leaf.present |= bit
    leaf.entries = inserted(leaf.entries, index, entry)
    this.count++
  }

  /** The entry, free to be edited: no other ledger sees the change. */
  edit(id: Id): Entry | undefined {
    const bit = 1 << (id % WIDTH)
    let leaf = this.leafOf(id)
    if (leaf === undefined || (leaf.present & bit) === 0) return undefined
    // What is above a leaf of ours is ours.
    if (leaf.mark !== this.mark) leaf = this.ownLeaf(id)
    const index = rank(leaf.present, bit)
    const entry = leaf.entries[index]
    if (entry === undefined || (leaf.fresh & bit) !== 0 || this.copyEntry === null) return entry
    const copy = this.copyEntry(entry)
    leaf.entries[index] = copy
    leaf.fresh |= bit
    return copy
  }

  delete(id: Id): void {
    if (!this.has(id)) return
    const leaf = this.ownLeaf(id)
    const bit = 1 << (id % WIDTH)
    leaf.entries.splice(rank(leaf.present, bit), 1)
    leaf.present &= ~bit
    this.count--
    if (leaf.present === 0) this.root = without(this.root, id, this.height)
  }

  /** Deletes all that do not pass, in one pass. */
  keep(test: (entry: Entry) => boolean): void {
    if (this.mark === NOBODY) this.mark = ++lastMark
    this.root = this.root && this.keptOf(this.root, test)
  }

  /** An independent copy, at once: from now on both copy the nodes that they edit. */
  fork(): Ledger<Id, Entry> {
    const fork = new Ledger<Id, Entry>(this.copyEntry)
    fork.root = this.root
    fork.height = this.height
    fork.end = this.end
    fork.count = this.count
    this.mark = NOBODY
    return fork
  }

  /** In the order of the ids. */
  *entries(): MapIterator<[Id, Entry]> {
    for (const [base, { present, entries }] of this.leaves()) {
      let index = 0
      for (let slot = 0; slot < WIDTH; slot++) {
        if ((present & (1 << slot)) === 0) continue
        const entry = entries[index++]
        if (entry !== undefined) yield [(base + slot) as Id, entry]
      }
    }
  }

  *keys(): MapIterator<Id> {
    for (const [id] of this.entries()) yield id
  }

  *values(): MapIterator<Entry> {
    for (const [, { entries }] of this.leaves()) {
      // By hand: to delegate to the list costs five times as much.
      for (let index = 0; index < entries.length; index++) yield entries[index] as Entry
    }
  }

  [Symbol.iterator](): MapIterator<[Id, Entry]> {
    return this.entries()
  }

  forEach(visit: (entry: Entry, id: Id, ledger: ReadonlyMap<Id, Entry>) => void): void {
    for (const [id, entry] of this.entries()) visit(entry, id, this)
  }

  /** The lowest id and the highest; null where there is none. */
  get first(): Id | null {
    return this.root === undefined ? null : (outermost(this.root, this.height, 'lowest') as Id)
  }

  get last(): Id | null {
    return this.root === undefined ? null : (outermost(this.root, this.height, 'highest') as Id)
  }

  /** Whether any entry passes; nothing is allocated, for what is asked of every context. */
  some(test: (entry: Entry) => boolean): boolean {
    return this.root !== undefined && someOf(this.root, test)
  }

  /** What passes of a node, which is the node itself where all does; what is above another one becomes another one, too. */
  private keptOf(node: Node<Entry>, test: (entry: Entry) => boolean): Node<Entry> | undefined {
    if ('entries' in node) {
      const { present, fresh, entries } = node
      const kept = { mark: this.mark, present: 0, fresh: 0, entries: [] as Entry[] }
      for (let bits = present, index = 0; bits !== 0; bits &= bits - 1, index++) {
        const bit = bits & -bits
        const entry = entries[index] as Entry
        if (!test(entry)) continue
        kept.present |= bit
        if (node.mark === this.mark) kept.fresh |= fresh & bit
        kept.entries.push(entry)
      }
      this.count -= entries.length - kept.entries.length
      if (kept.entries.length === entries.length) return node
      return kept.present === 0 ? undefined : kept
    }
    let kept = node
    for (let index = 0; index < node.nodes.length; index++) {
      const child = node.nodes[index]
      const left = child && this.keptOf(child, test)
      if (left === child) continue
      if (kept.mark !== this.mark) kept = { mark: this.mark, nodes: node.nodes.slice() }
      kept.nodes[index] = left
    }
    return kept.nodes.some((child) => child !== undefined) ? kept : undefined
  }

  /**
   * Tells every id at which `before` has another entry, or at which only one of the two has any, in the order of the ids. What both share is
   * passed over, so that between two forks it costs what was edited.
   */
  compare(before: Ledger<Id, Entry>, tell: Difference<Id, Entry>): void {
    const height = Math.max(this.height, before.height)
    compareNodes(raised(this.root, this.height, height), raised(before.root, before.height, height), height, 0, tell)
  }

  /** Whether there is nothing to tell: both are forks of one, and neither was edited. */
  isSame(other: Ledger<Id, Entry>): boolean {
    return this.root === other.root
  }

  private leaves(): [base: number, leaf: Leaf<Entry>][] {
    const found: [number, Leaf<Entry>][] = []
    const visit = (node: Node<Entry>, level: number, base: number): void => {
      if ('entries' in node) {
        found.push([base, node])
        return
      }
      for (const [index, child] of node.nodes.entries()) {
        if (child !== undefined) visit(child, level - 1, base + index * WIDTH ** level)
      }
    }
    if (this.root !== undefined) visit(this.root, this.height, 0)
    return found
  }

  private leafOf(id: Id): Leaf<Entry> | undefined {
    if (id >= this.end) return undefined
    let node = this.root
    for (let level = this.height; node !== undefined && 'nodes' in node; level--) node = node.nodes[digit(id, level)]
    return node
  }

  /** The leaf where `id` belongs; it and all above it are made this ledger's own. */
  private ownLeaf(id: Id): Leaf<Entry> {
    if (this.mark === NOBODY) this.mark = ++lastMark
    const { mark } = this
    while (id >= this.end) {
      if (this.root !== undefined) this.root = { mark, nodes: [this.root] }
      this.height++
      this.end *= WIDTH
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

/** Ids may be any safe integer, so digits are divided out where bitwise operators would cut. */
function digit(id: number, level: number): number {
  return id <= 0x7fffffff && level < 6 ? (id >>> (level * 5)) & 31 : Math.floor(id / WIDTH ** level) % WIDTH
}

/** How many entries stand before this bit's. */
function rank(present: number, bit: number): number {
  let bits = present & (bit - 1)
  bits -= (bits >>> 1) & 0x55555555
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** An array that grows by itself takes room for 17 entries where one is needed, so the short ones are made to measure. */
function inserted<Entry>(entries: Entry[], index: number, entry: Entry): Entry[] {
  const { length } = entries
  if (length >= 8) {
    if (index === length) entries.push(entry)
    else entries.splice(index, 0, entry)
    return entries
  }
  const grown = new Array<Entry>(length + 1)
  for (let place = 0; place < index; place++) grown[place] = entries[place] as Entry
  grown[index] = entry
  for (let place = index; place < length; place++) grown[place + 1] = entries[place] as Entry
  return grown
}

function own<Entry>(node: Node<Entry> | undefined, level: number, mark: Mark): Node<Entry> {
  if (node === undefined) return level === 0 ? { mark, present: 0, fresh: 0, entries: [] } : { mark, nodes: [] }
  if (node.mark === mark) return node
  return 'entries' in node
    ? { mark, present: node.present, fresh: 0, entries: node.entries.slice() }
    : { mark, nodes: node.nodes.slice() }
}

/** The node without the empty leaf where `id` was, and without the branches that are empty then, all of which its owner may edit. */
function without<Entry>(node: Node<Entry> | undefined, id: number, level: number): Node<Entry> | undefined {
  if (node === undefined || 'entries' in node) return undefined
  const index = digit(id, level)
  node.nodes[index] = without(node.nodes[index], id, level - 1)
  return node.nodes.some((child) => child !== undefined) ? node : undefined
}

/** No node is empty. */
function outermost<Entry>(root: Node<Entry>, height: number, side: 'lowest' | 'highest'): number {
  const isThere = (child: Node<Entry> | undefined): boolean => child !== undefined
  let [node, base] = [root, 0]
  for (let level = height; 'nodes' in node; level--) {
    const index: number = side === 'lowest' ? node.nodes.findIndex(isThere) : node.nodes.findLastIndex(isThere)
    const child: Node<Entry> | undefined = node.nodes[index]
    if (child === undefined) break
    base += index * WIDTH ** level
    node = child
  }
  const present = 'entries' in node ? node.present : 0
  return base + 31 - Math.clz32(side === 'lowest' ? present & -present : present)
}

function someOf<Entry>(node: Node<Entry>, test: (entry: Entry) => boolean): boolean {
  if ('entries' in node) return node.entries.some(test)
  return node.nodes.some((child) => child !== undefined && someOf(child, test))
}

/** The node below as many branches as it takes to stand at `height`. */
function raised<Entry>(root: Node<Entry> | undefined, from: number, height: number): Node<Entry> | undefined {
  let node = root
  for (let level = from; node !== undefined && level < height; level++) node = { mark: NOBODY, nodes: [node] }
  return node
}

function compareNodes<Id extends number, Entry>(
  now: Node<Entry> | undefined,
  before: Node<Entry> | undefined,
  level: number,
  base: number,
  tell: Difference<Id, Entry>,
): void {
  if (now === before) return
  if (level === 0) {
    compareLeaves(now as Leaf<Entry> | undefined, before as Leaf<Entry> | undefined, base, tell)
    return
  }
  const [nodes, others] = [(now as Branch<Entry> | undefined)?.nodes, (before as Branch<Entry> | undefined)?.nodes]
  const length = Math.max(nodes?.length ?? 0, others?.length ?? 0)
  const width = WIDTH ** level
  for (let index = 0; index < length; index++) {
    compareNodes(nodes?.[index], others?.[index], level - 1, base + index * width, tell)
  }
}

/** What only one of them has is not looked at: to compare two entries fetches both from memory, and there may be very many. */
function compareLeaves<Id extends number, Entry>(
  now: Leaf<Entry> | undefined,
  before: Leaf<Entry> | undefined,
  base: number,
  tell: Difference<Id, Entry>,
): void {
  const here = now?.present ?? 0
  const there = before?.present ?? 0
  const entries = now?.entries
  const others = before?.entries
  for (let bits = here | there, place = 0, other = 0; bits !== 0; bits &= bits - 1) {
    const bit = bits & -bits
    const entry = (here & bit) === 0 ? undefined : entries?.[place++]
    const earlier = (there & bit) === 0 ? undefined : others?.[other++]
    const isInBoth = (here & there & bit) !== 0
    // Not `===`, for which both are fetched from memory to see of what kind they are.
    if (!isInBoth || !Object.is(entry, earlier)) tell((base + 31 - Math.clz32(bit)) as Id, entry, earlier)
  }
}
