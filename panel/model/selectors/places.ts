// A place for each context of a world, parents before their children and children in the order of their making, so that whatever is to
// be known of a whole tree is a few passes over plain columns of numbers. It is kept from one world to the next: what both share is
// passed over, so that it costs what is different. Where the page counts its contexts, the order of their numbers is such an order, and
// one that comes to hang elsewhere stays at its place.

import type { ContextId } from '../../../runtime/protocol'
import { Children } from '../children'
import { firstWhere } from '../first-where'
import { Ledger } from '../ledger'
import type { World } from '../world'

/** In the place of a parent, where there is none. */
export const NOWHERE = -1

/** Places of contexts that are gone are given to others when there are as many as of those that are there, and some more. */
const SPARE = 1_024

export class Places {
  /** By place: whose it is, the place of its parent, whether the world has it, and whether who watches is to look at it. */
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
  /** Whether places are given to others at all. */
  private givesAway = true
  private count = 0
  private seen: World['contexts'] = new Ledger()
  private seenParents: World['parents'] = new Ledger()

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

  /** The same for who can guess the place. */
  private placeNear(context: ContextId, guess: number): number {
    return this.ids[guess] === context ? guess : this.placeOf(context)
  }

  /**
   * Another one that stands where this one does, and of whose contexts nothing was said: for who goes back and forth in time. Contexts that
   * are gone come again with the next step there, so their places stay theirs.
   */
  fork(): Places {
    const fork = new Places()
    fork.ids = this.ids.slice()
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
    fork.seenParents = this.seenParents.fork()
    return fork
  }

  /** Something else is to be said of a context. */
  renew(context: ContextId): void {
    const place = this.placeOf(context)
    if (place !== NOWHERE) this.fresh[place] = 1
  }

  /** Whether any context of a world is another one than was followed. */
  isOther({ contexts }: World): boolean {
    return !contexts.isSame(this.seen)
  }

  /**
   * Turns to a world, or to what became of it; answers whether anything is there now that was not, is there no more, or hangs elsewhere. Who
   * watches wants to know which are other ones: where very many are, to find them costs more than all else.
   */
  follow(world: World, isWatched: boolean): boolean {
    const roots = Children.of([...world.roots])
    const byNumber = world.counted && roots.isAscending
    const { length, count } = this
    if (length === 0) this.byNumber = byNumber
    const isOfOneOrder = byNumber === this.byNumber
    const moved = isOfOneOrder ? (byNumber ? this.followParents(world) : this.followChildren(world, roots)) : null
    if (byNumber && isWatched) this.watch(world)
    this.seen = world.contexts.fork()
    this.seenParents = world.parents.fork()
    const crowd = this.givesAway && this.length > 2 * world.contexts.size + SPARE
    if (moved === null || crowd || this.count !== world.contexts.size) {
      this.arrange(world, roots, byNumber)
      return true
    }
    return moved || this.length !== length || this.count !== count
  }

  /** Where they stand in the order of their numbers. Answers whether any came back, left or hangs elsewhere; null where all is to be arranged anew. */
  private followParents({ parents }: World): boolean | null {
    let [place, above, moved, orderly] = [NOWHERE, NOWHERE, false, true]
    const came = (id: ContextId, parent: ContextId | 0): void => {
      place = id > (this.ids.at(-1) ?? 0) ? NOWHERE : this.placeNear(id, place + 1)
      if (place === NOWHERE) {
        orderly &&= this.addLast(id, parent)
        return
      }
      // Neighbours mostly hang below one.
      above = this.placeOfParent(parent, above)
      if (this.there[place] !== 0 && this.parents[place] === above) return
      this.enter(place)
      this.parents[place] = above
      moved = true
    }
    const went = (id: ContextId): void => {
      place = this.placeNear(id, place + 1)
      if (place === NOWHERE) return
      this.leave(place)
      moved = true
    }
    parents.compare(this.seenParents, (id, parent) => (parent === undefined ? went(id) : came(id, parent)))
    return orderly ? moved : null
  }

  private watch({ contexts }: World): void {
    let place = NOWHERE
    contexts.compare(this.seen, (id) => {
      place = this.placeNear(id, place + 1)
      if (place !== NOWHERE) this.fresh[place] = 1
    })
  }

  /** Where they stand as they came: the same. One that is new comes with the children of its parent. */
  private followChildren(world: World, roots: Children): boolean | null {
    const { contexts } = world
    const grown: [place: number, children: Children][] = []
    let [place, moved, orderly] = [NOWHERE, false, true]
    contexts.compare(this.seen, (id, entry) => {
      place = this.placeOf(id)
      if (place === NOWHERE) return
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
      if (this.parentAt(place) !== entry.parent) orderly = false
      grown.push([place, entry.children])
    })
    for (const [place, children] of grown)
      orderly &&= this.extend(world, place, this.children[place] ?? Children.none, children)
    orderly &&= this.extend(world, NOWHERE, this.roots, roots)
    return orderly ? moved : null
  }

  private placeOfParent(parent: ContextId | 0, guess = NOWHERE): number {
    return parent === 0 ? NOWHERE : this.placeNear(parent, guess)
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
  private addLast(id: ContextId, parent: ContextId | 0): boolean {
    if (id <= (this.ids.at(-1) ?? 0)) return false
    this.put(id, this.placeOfParent(parent))
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
    this.count += 1 - (this.there[place] ?? 0)
    this.there[place] = 1
  }

  private leave(place: number): void {
    this.count -= this.there[place] ?? 0
    this.there[place] = 0
  }

  /** All anew. */
  private arrange(world: World, roots: Children, byNumber: boolean): void {
    this.places = new Ledger()
    this.ids.length = 0
    this.there.fill(0)
    this.children.length = 0
    this.count = 0
    this.roots = roots
    this.byNumber = byNumber
    if (byNumber) for (const [id, parent] of world.parents) this.addLast(id, parent)
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
