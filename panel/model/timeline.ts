// Facts in the order of their numbers, however they arrive, and the world at any of them: worlds are kept at intervals, and
// replay covers the rest. What is kept of a page that goes on is bounded: beyond that the oldest facts are let go.

import type { Fact, Seq, StackTable } from '../../runtime/protocol'
import { advance, emptyWorld, forkWorld } from './advance'
import { firstWhere } from './first-where'
import { forget } from './forget'
import { namedStacks } from './named-stacks'
import { touchEverything } from './touched'
import { weightOf, weightOfWorld } from './weight'
import type { World } from './world'

/** A world, and how many facts made it; those that were let go count. */
interface Checkpoint {
  count: number
  world: World
  /** What all those facts weigh, and the last of them. */
  weight: number
  last: number
}

/** How facts and worlds are kept. */
export interface Keeping {
  /** A replay covers at most so many facts, until there would be more than `most` checkpoints of that: then twice as many. */
  interval: number
  most: number
  /** What the facts that are kept may weigh; of a file, whatever they weigh. */
  bytes: number
}

/** While more is coming of what is at hand anyway, so many times the bytes: to let go takes a look at the whole world. */
const PATIENCE = 2

/** A fact that weighs more, a census of thousands of contexts, is replayed by nobody: the world after it is kept. */
const HEAVY = 2 ** 20

/** Letting a fifth go at once keeps the cost of it small and constant. */
const KEPT_WHEN_FULL = 0.8
/** What lives is kept whatever it weighs. Facts have so much of the room all the same. */
const LEAST_SHARE = 0.25

/** A page states that many before it is worth a look whether they are of use. */
const MANY_STACKS = 2_000

export class Timeline {
  private newest: World
  private readonly known: Fact[] = []
  private readonly table: StackTable = {}
  private stackCount = 0
  /** With more stacks than that, it is looked which of them are still spoken of. */
  private mostStacks = MANY_STACKS
  /** Where what is kept begins. */
  private start: Checkpoint
  private checkpoints: Checkpoint[] = []
  private weight = 0
  /** What the opening weighs. */
  private before = 0
  private interval: number
  private readonly most: number
  private readonly mostBytes: number
  private changes = 0
  private retold = 0

  constructor({ interval = 4096, most = 256, bytes = Number.POSITIVE_INFINITY }: Partial<Keeping> = {}) {
    this.interval = interval
    this.most = most
    this.mostBytes = bytes
    this.start = { count: 0, world: { ...emptyWorld(), stacks: this.table }, weight: 0, last: 0 }
    this.newest = forkWorld(this.start.world)
  }

  /** Advances as facts come; `version` tells when. */
  get head(): World {
    return this.newest
  }

  /** The world before the first fact that is kept; nobody may edit it. */
  get opening(): World {
    return this.start.world
  }

  get version(): number {
    return this.changes
  }

  /** How often what was told came to be told otherwise, by facts that had been missing, or by stacks: worlds at moments are others since. */
  get rewrites(): number {
    return this.retold
  }

  /** What is kept, ordered by number, each number once. */
  get facts(): readonly Fact[] {
    return this.known
  }

  get stacks(): StackTable {
    return this.table
  }

  /** What it occupies (estimated). */
  get bytes(): number {
    return this.weight - this.start.weight + this.before
  }

  /** `isMoreComing`: the caller has the facts that follow, too, and appends them at once. */
  append(facts: readonly Fact[], stacks: StackTable, isMoreComing = false): void {
    let changed = this.learn(stacks)
    const late: Fact[] = []
    for (const fact of inOrder(facts)) {
      if (fact.seq <= this.newest.seq) {
        late.push(fact)
        continue
      }
      this.known.push(fact)
      this.step(this.start.count + this.known.length)
      changed = true
    }
    if (this.insert(late)) changed = true
    if (changed) this.changes++
    if (this.weight - this.start.weight > this.room * (isMoreComing ? PATIENCE : 1)) this.letGo()
  }

  /** Puts others in the place of stacks that are kept: it was learnt later where they stand. */
  retell(stacks: StackTable): void {
    for (const [key, frames] of Object.entries(stacks)) {
      const id = Number(key)
      if (this.table[id] !== undefined) this.table[id] = frames
    }
    touchEverything(this.newest)
    this.retold++
    this.changes++
  }

  /** The world as it was after fact `seq`, for the caller to keep; of what was let go, the end. */
  at(seq: number): World {
    const count = this.countUpTo(seq)
    if (count === this.start.count + this.known.length) return forkWorld(this.newest)
    const nearest = this.checkpoints.findLast((checkpoint) => checkpoint.count <= count) ?? this.start
    const world = forkWorld(nearest.world)
    for (let index = nearest.count; index < count; index++) this.advanceBy(world, index)
    world.letGo = this.start.world.letGo
    return world
  }

  /** The number of the newest fact up to `seq`, of which a world can be had; 0 where there is none. */
  upTo(seq: number): Seq | 0 {
    const position = this.position(seq)
    return position === 0 ? (this.start.world.seq as Seq | 0) : (this.known[position - 1]?.seq ?? 0)
  }

  /** How many of the facts that are kept have a number up to `seq`: its place among them. O(log n). */
  position(seq: number): number {
    return this.countUpTo(seq) - this.start.count
  }

  /** A fact that is kept, by its number. O(log n). */
  factAt(seq: number): Fact | null {
    const fact = this.known[this.position(seq) - 1]
    return fact?.seq === seq ? fact : null
  }

  private learn(stacks: StackTable): boolean {
    let changed = false
    for (const [key, frames] of Object.entries(stacks)) {
      const id = Number(key)
      if (this.table[id] !== undefined) continue
      this.table[id] = frames
      this.stackCount++
      changed = true
    }
    return changed
  }

  /** Brings the head to `count` facts, and keeps it where a checkpoint is due. */
  private step(count: number): void {
    const last = this.advanceBy(this.newest, count - 1)
    this.weight += last
    if (count % this.interval !== 0 && last < HEAVY) return
    this.checkpoints.push(this.checkpoint(count, last))
    // Those after heavy facts are as few as there is room for, and no interval makes them fewer.
    if (this.checkpoints.filter(({ last }) => last < HEAVY).length <= this.most) return
    this.interval *= 2
    this.checkpoints = this.checkpoints.filter(({ count, last }) => count % this.interval === 0 || last >= HEAVY)
  }

  private checkpoint(count: number, last = 0): Checkpoint {
    return { count, world: forkWorld(this.newest), weight: this.weight, last }
  }

  /** Answers what the fact weighs. */
  private advanceBy(world: World, index: number): number {
    const fact = this.known[index - this.start.count]
    if (fact === undefined) return 0
    advance(world, fact)
    return weightOf(fact)
  }

  /** For facts, and what they leave. */
  private get room(): number {
    return Math.max(this.mostBytes - this.before, this.mostBytes * LEAST_SHARE)
  }

  /** Lets go of the oldest facts, up to a world that is kept. */
  private letGo(): void {
    const enough = this.weight - this.room * KEPT_WHEN_FULL
    const start =
      this.checkpoints.find(({ weight }) => weight >= enough) ?? this.checkpoint(this.start.count + this.known.length)
    this.known.splice(0, start.count - this.start.count)
    this.checkpoints = this.checkpoints.filter(({ count }) => count > start.count)
    this.start = start
    this.before = weightOfWorld(start.world)
    // It stays as it was then, but for what it says of itself.
    start.world.letGo = start.world.seq
    this.forget()
  }

  private forget(): void {
    forget(this.newest, this.start.world.seq)
    if (this.stackCount > this.mostStacks) this.tidyStacks()
  }

  /** Lets go of stacks that nothing speaks of any more. */
  private tidyStacks(): void {
    const named = namedStacks(this.known, [this.start.world, this.newest])
    for (const id of Object.keys(this.table)) if (!named.has(Number(id))) delete this.table[Number(id)]
    this.stackCount = Object.keys(this.table).length
    this.mostStacks = Math.max(MANY_STACKS, 2 * this.stackCount)
  }

  /** Facts from before the head: those that fill a hole change everything after it, which is told again. */
  private insert(late: readonly Fact[]): boolean {
    const news = late.filter(
      ({ seq }, index) => seq > this.start.world.seq && late[index - 1]?.seq !== seq && this.factAt(seq) === null,
    )
    const first = news[0]
    if (first === undefined) return false
    this.retold++
    const before = this.countUpTo(first.seq)
    const tail = inOrder([...this.known.splice(before - this.start.count), ...news])
    for (const fact of tail) this.known.push(fact)

    this.checkpoints = this.checkpoints.filter((checkpoint) => checkpoint.count <= before)
    const last = this.checkpoints.at(-1) ?? this.start
    this.newest = forkWorld(last.world)
    this.weight = last.weight
    for (let count = last.count + 1; count <= this.start.count + this.known.length; count++) this.step(count)
    if (this.start.count > 0) this.forget()
    return true
  }

  /** How many facts have a number up to `seq`, those included that were let go. */
  private countUpTo(seq: number): number {
    return this.start.count + firstWhere(this.known.length, (place) => (this.known[place]?.seq ?? 0) > seq)
  }
}

export function inOrder(facts: readonly Fact[]): readonly Fact[] {
  for (let index = 1; index < facts.length; index++) {
    if ((facts[index]?.seq ?? 0) < (facts[index - 1]?.seq ?? 0)) return [...facts].sort((a, b) => a.seq - b.seq)
  }
  return facts
}
