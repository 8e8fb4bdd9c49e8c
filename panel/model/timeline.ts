// Facts in the order of their numbers, however they arrive, and the world at any of them: worlds are kept at intervals, and
// replay covers the rest.

import type { Fact, Seq, StackTable } from '../../runtime/protocol'
import { advance, emptyWorld, forkWorld } from './advance'
import type { World } from './world'

/** A world and how many facts made it. */
interface Checkpoint {
  count: number
  world: World
}

/** How worlds are kept. */
export interface Keeping {
  /** A replay covers at most so many facts, until there would be more than `most` checkpoints: then twice as many. */
  interval: number
  most: number
}

export class Timeline {
  private newest: World
  private readonly known: Fact[] = []
  private readonly table: StackTable = {}
  private checkpoints: Checkpoint[] = []
  private interval: number
  private readonly most: number
  private changes = 0

  constructor({ interval, most }: Keeping = { interval: 4096, most: 64 }) {
    this.interval = interval
    this.most = most
    this.newest = this.begin()
  }

  /** Advances as facts come; `version` tells when. */
  get head(): World {
    return this.newest
  }

  get version(): number {
    return this.changes
  }

  /** Ordered by number, each number once. */
  get facts(): readonly Fact[] {
    return this.known
  }

  get stacks(): StackTable {
    return this.table
  }

  append(facts: readonly Fact[], stacks: StackTable): void {
    let changed = this.learn(stacks)
    const late: Fact[] = []
    for (const fact of inOrder(facts)) {
      if (fact.seq <= this.newest.seq) {
        late.push(fact)
        continue
      }
      this.known.push(fact)
      this.step(this.known.length)
      changed = true
    }
    if (this.insert(late)) changed = true
    if (changed) this.changes++
  }

  /** The world as it was after fact `seq`, for the caller to keep. */
  at(seq: number): World {
    const count = this.countUpTo(seq)
    if (count === this.known.length) return forkWorld(this.newest)
    const start = this.checkpoints.findLast((checkpoint) => checkpoint.count <= count)
    const world = start === undefined ? this.begin() : forkWorld(start.world)
    for (let index = start?.count ?? 0; index < count; index++) this.advanceBy(world, index)
    return world
  }

  private begin(): World {
    return { ...emptyWorld(), stacks: this.table }
  }

  private learn(stacks: StackTable): boolean {
    let changed = false
    for (const [key, frames] of Object.entries(stacks)) {
      const id = Number(key)
      if (this.table[id] !== undefined) continue
      this.table[id] = frames
      changed = true
    }
    return changed
  }

  /** Brings the head to `count` facts, and keeps it where a checkpoint is due. */
  private step(count: number): void {
    this.advanceBy(this.newest, count - 1)
    if (count % this.interval !== 0) return
    this.checkpoints.push({ count, world: forkWorld(this.newest) })
    if (this.checkpoints.length <= this.most) return
    this.interval *= 2
    this.checkpoints = this.checkpoints.filter((checkpoint) => checkpoint.count % this.interval === 0)
  }

  private advanceBy(world: World, index: number): void {
    const fact = this.known[index]
    if (fact !== undefined) advance(world, fact)
  }

  /** Facts from before the head: those that fill a hole change everything after it, which is told again. */
  private insert(late: readonly Fact[]): boolean {
    const news = late.filter((fact, index) => late[index - 1]?.seq !== fact.seq && !this.knows(fact.seq))
    const first = news[0]
    if (first === undefined) return false
    const start = this.countUpTo(first.seq)
    const tail = inOrder([...this.known.splice(start), ...news])
    for (const fact of tail) this.known.push(fact)

    this.checkpoints = this.checkpoints.filter((checkpoint) => checkpoint.count <= start)
    const last = this.checkpoints.at(-1)
    this.newest = last === undefined ? this.begin() : forkWorld(last.world)
    for (let count = (last?.count ?? 0) + 1; count <= this.known.length; count++) this.step(count)
    return true
  }

  private knows(seq: Seq): boolean {
    return this.known[this.countUpTo(seq) - 1]?.seq === seq
  }

  /** How many of the known facts have a number up to `seq`. */
  private countUpTo(seq: number): number {
    let low = 0
    let high = this.known.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.known[middle]?.seq ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }
}

export function inOrder(facts: readonly Fact[]): readonly Fact[] {
  for (let index = 1; index < facts.length; index++) {
    if ((facts[index]?.seq ?? 0) < (facts[index - 1]?.seq ?? 0)) return [...facts].sort((a, b) => a.seq - b.seq)
  }
  return facts
}
