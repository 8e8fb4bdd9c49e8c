// A place for each context of a world, parents before their children and children in the order of their making, so that whatever is to
// be known of a whole tree is a few passes over plain columns of numbers. It is kept from one world to the next: what both share is
// passed over, so that it costs what is different. Where the page counts its contexts, the order of their numbers is such an order, and
// one that comes to hang elsewhere stays at its place.

import type { ContextId } from '../../../runtime/protocol'
import { Children } from '../children'
import { firstWhere } from '../first-where'
import { Ledger } from '../ledger'
import type { ContextEntry, World } from '../world'

/** In the place of a parent, where there is none. */
export const NOWHERE = -1

/** Places of contexts that are gone are given to others when there are as many as of those that are there, and some more. */
const SPARE = 1_024

export class Places {
  /** By place: whose it is, the place of its parent, whether the world has it, and whether its entry is another one than was looked at. */
  ids: ContextId[] = []
  parents = new Int32Array(0)
  there = new Uint8Array(0)
  fresh = new Uint8Array(0)
  /** Where they do not stand in the order of their numbers. */
  private places = new Ledger<ContextId, number>()
  /** By place: the children that have places, in their order. */
  private children: Children[] = []
  private roots = Children.none
  private byNumber = false
  /** By place: of whom its parent was asked. To find the same one again costs less than to ask it, where there are many. */
  private asked: ContextEntry[] = []
  /** Whether places are given to others at all. */
  private givesAway = true
  private count = 0
  private seen: World['contexts'] = new Ledger()

  /** As they were when they were followed, whatever is done to the world since. */
  get contexts(): World['contexts'] {
    return this.seen
  }

  get length(): number {
    return this.ids.length
  }

  placeOf(context: ContextId): number {
    if (!this.byNumber) return this.places.get(context) ?? NOWHERE
    const place = firstWhere(this.length, (place) => (this.ids[place] ?? 0) >= context)
    return this.ids[place] === context ? place : NOWHERE
  }

  /** The same for who goes on from `place`, where the next number mostly stands. */
  private placeNear(context: ContextId, place: number): number {
    return this.ids[place] === context ? place : this.placeOf(context)
  }

  /**
   * Another one that stands where this one does, and of whose contexts nothing was said: for who goes back and forth in time. Contexts that
   * are gone come again with the next step there, so their places stay theirs.
   */
  fork(): Places {
    const fork = new Places()
    fork.ids = this.ids.slice()
    fork.asked = this.asked.slice()
    fork.children = this.children.slice()
    fork.parents = this.parents.slice()
    fork.there = this.there.slice()
    fork.fresh = this.there.slice()
    fork.places = this.places.fork()
    fork.roots = this.roots
    fork.byNumber = this.byNumber
    fork.givesAway = false
    fork.count = this.count
    fork.seen = this.seen.fork()
    return fork
  }

  /** Something else is to be said of a context. */
  renew(context: ContextId): void {
    const place = this.placeOf(context)
    if (place !== NOWHERE) this.fresh[place] = 1
  }

  /** Turns to a world, or to what became of it; answers whether anything is there now that was not, is there no more, or hangs elsewhere. */
  follow(world: World): boolean {
    const { contexts } = world
    const roots = Children.of([...world.roots])
    const byNumber = world.counted && roots.isAscending
    const { length, count } = this
    const grown: [place: number, children: Children][] = []
    let moved = false
    if (this.length === 0) this.byNumber = byNumber
    let orderly = byNumber === this.byNumber
    let place = NOWHERE
    contexts.compare(this.seen, (id, entry) => {
      const isNewest = byNumber && id > (this.ids.at(-1) ?? 0)
      place = isNewest ? NOWHERE : this.placeNear(id, place + 1)
      if (place === NOWHERE) {
        // Elsewhere one that is new comes with the children of its parent.
        if (byNumber && entry !== undefined) orderly &&= this.addLast(entry)
        return
      }
      if (entry === undefined) {
        this.leave(place)
        moved = true
        return
      }
      if (this.there[place] === 0) {
        this.enter(place)
        moved = true
      }
      this.fresh[place] = 1
      if (byNumber) {
        // Not `===`, for which both are fetched from memory to see of what kind they are.
        if (Object.is(this.asked[place], entry)) return
        this.asked[place] = entry
        const parent = this.placeOfParent(entry, this.parents[place])
        if (this.parents[place] === parent) return
        this.parents[place] = parent
        moved = true
      } else {
        if (this.parentAt(place) !== entry.parent) orderly = false
        grown.push([place, entry.children])
      }
    })
    this.seen = contexts.fork()
    if (!byNumber) {
      for (const [place, children] of grown)
        orderly &&= this.extend(world, place, this.children[place] ?? Children.none, children)
      orderly &&= this.extend(world, NOWHERE, this.roots, roots)
    }
    const crowd = this.givesAway && this.length > 2 * contexts.size + SPARE
    if (!orderly || crowd || this.count !== contexts.size) {
      this.arrange(world, roots, byNumber)
      return true
    }
    return moved || this.length !== length || this.count !== count
  }

  private placeOfParent({ parent }: ContextEntry, before = NOWHERE): number {
    return parent === null ? NOWHERE : this.placeNear(parent, before)
  }

  private parentAt(place: number): ContextId | null {
    return this.ids[this.parents[place] ?? NOWHERE] ?? null
  }

  /** Gives places to new children, behind all others; false where that is not where they stand. */
  private extend(world: World, parent: number, known: Children, now: Children): boolean {
    // Those that are gone are passed over.
    const count = now.after(known)
    if (count === now.length) return true
    const added = now.newest(now.length - count)
    if (added.some((id) => this.places.has(id))) return false
    if (parent === NOWHERE) this.roots = now
    else this.children[parent] = now
    return this.add(world, parent, added)
  }

  /** With all that is below them. */
  private add(world: World, parent: number, contexts: Iterable<ContextId>): boolean {
    let next = this.length
    let isOnce = this.append(world, parent, contexts)
    for (; next < this.length; next++) isOnce = this.append(world, next, this.children[next] ?? []) && isOnce
    return isOnce
  }

  private append(world: World, parent: number, contexts: Iterable<ContextId>): boolean {
    for (const id of contexts) {
      const entry = world.contexts.get(id)
      if (this.places.has(id)) return false
      if (entry === undefined) continue
      this.children[this.put(id, parent)] = entry.children
    }
    return true
  }

  /** Behind all others; false where its number is not the highest. */
  private addLast(entry: ContextEntry): boolean {
    if (entry.id <= (this.ids.at(-1) ?? 0)) return false
    this.asked[this.put(entry.id, this.placeOfParent(entry))] = entry
    return true
  }

  private put(id: ContextId, parent: number): number {
    const place = this.ids.push(id) - 1
    if (place >= this.parents.length) this.grow()
    if (!this.byNumber) this.places.set(id, place)
    this.parents[place] = parent
    this.fresh[place] = 1
    this.enter(place)
    return place
  }

  private enter(place: number): void {
    this.there[place] = 1
    this.count++
  }

  private leave(place: number): void {
    this.count -= this.there[place] ?? 0
    this.there[place] = 0
  }

  /** All anew. */
  private arrange(world: World, roots: Children, byNumber: boolean): void {
    this.places = new Ledger()
    this.ids.length = 0
    this.asked.length = 0
    this.there.fill(0)
    this.children.length = 0
    this.count = 0
    this.roots = roots
    this.byNumber = byNumber
    if (byNumber) for (const entry of world.contexts.values()) this.addLast(entry)
    else this.add(world, NOWHERE, roots)
  }

  private grow(): void {
    const size = Math.max(64, 2 * this.parents.length)
    this.parents = grown(this.parents, new Int32Array(size))
    this.there = grown(this.there, new Uint8Array(size))
    this.fresh = grown(this.fresh, new Uint8Array(size))
  }
}

function grown<Column extends Int32Array | Uint8Array>(column: Column, larger: Column): Column {
  larger.set(column)
  return larger
}
