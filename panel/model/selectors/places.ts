// A place for each context of a world, parents before their children and children in the order of their making, so that whatever is to
// be known of a whole tree is a few passes over plain columns of numbers. It is kept from one world to the next: what both share is
// passed over, so that it costs what is different.

import type { ContextId } from '../../../runtime/protocol'
import { Children } from '../children'
import { Ledger } from '../ledger'
import type { World } from '../world'

/** In the place of a parent, where there is none. */
export const NOWHERE = -1

/** Places of contexts that are gone are given to others when there are as many as of those that are there, and some more. */
const SPARE = 1_024

export class Places {
  /** By place: whose it is, the place of its parent, whether the world has it, and whether its entry is another one than was looked at. */
  readonly ids: ContextId[] = []
  parents = new Int32Array(0)
  there = new Uint8Array(0)
  fresh = new Uint8Array(0)
  private places = new Ledger<ContextId, number>()
  /** By place: the children that have places, in their order. */
  private readonly children: Children[] = []
  private roots = Children.none
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
    return this.places.get(context) ?? NOWHERE
  }

  /** Something else is to be said of a context. */
  renew(context: ContextId): void {
    const place = this.placeOf(context)
    if (place !== NOWHERE) this.fresh[place] = 1
  }

  /** Turns to a world, or to what became of it; answers whether anything is there now that was not, or is there no more. */
  follow(world: World): boolean {
    const { contexts } = world
    const { length, count } = this
    const grown: [place: number, children: Children][] = []
    let moved = false
    let orderly = true
    contexts.compare(this.seen, (id, entry) => {
      const place = this.placeOf(id)
      // One that is new comes with the children of its parent.
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
    this.seen = contexts.fork()
    for (const [place, children] of grown)
      orderly &&= this.extend(world, place, this.children[place] ?? Children.none, children)
    orderly &&= this.extend(world, NOWHERE, this.roots, Children.of([...world.roots]))
    const crowd = this.length > 2 * contexts.size + SPARE
    if (!orderly || crowd || this.count !== contexts.size) {
      this.arrange(world)
      return true
    }
    return moved || this.length !== length || this.count !== count
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
      const place = this.ids.push(id) - 1
      if (place >= this.parents.length) this.grow()
      this.places.set(id, place)
      this.parents[place] = parent
      this.children[place] = entry.children
      this.fresh[place] = 1
      this.enter(place)
    }
    return true
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
  private arrange(world: World): void {
    this.places = new Ledger()
    this.ids.length = 0
    this.children.length = 0
    this.count = 0
    this.roots = Children.of([...world.roots])
    this.add(world, NOWHERE, this.roots)
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
