// Which facts have their stack. All of them, unless that takes more of the page's time than the budget allows: then one of so many,
// fewer if need be, until the storm is over. The first of each kind are always worth their time, and come again every second.

import type { RecordingLevel, StackLevel } from '../protocol'
import { Budget } from './budget'

/** Of how many facts one has its stack when sampling begins, and when it takes less and less. */
const FIRST_EVERY = 16
const LAST_EVERY = 4096
/** How many of each kind are the first ones, and for how many milliseconds they are remembered. */
const FIRST_OF_KIND = 4
const WINDOW = 1000
/** Where all stacks would take so much of the budget, or less, all are taken again. */
const CALM = 0.5
/** One capture of so many is timed: that one costs twice as much, with the clock and where it has to be taken. */
const TIMED = 64
/** What takes so many times the average was interrupted. */
const OUTLIER = 4
/** How fast the average follows what was timed last. */
const WEIGHT = 1 / 32

/** Facts of one kind: of one variable, or by one API. */
export type Kind = string | number

export class Sampling {
  readonly budget: Budget
  readonly #changed: (level: Pick<RecordingLevel, 'stacks' | 'every' | 'why'>) => void
  #asked: StackLevel
  #level: StackLevel
  #every = 1
  #wishes = 0
  #taken = 0
  /** What one capture, and what reading one takes, in milliseconds. */
  #captureCost = 0
  #readCost = 0
  #seen = new Map<Kind, number>()
  #since = 0
  #wishesBefore = 0

  /** `changed` is told of every level but the first. */
  constructor(
    asked: StackLevel,
    share: number,
    changed: (level: Pick<RecordingLevel, 'stacks' | 'every' | 'why'>) => void,
  ) {
    this.budget = new Budget(share)
    this.#changed = changed
    this.#asked = asked
    this.#level = asked
    if (asked === 'sampled') this.#every = FIRST_EVERY
  }

  get asked(): StackLevel {
    return this.#asked
  }

  get level(): StackLevel {
    return this.#level
  }

  get every(): number {
    return this.#level === 'none' ? 0 : this.#every
  }

  ask(level: StackLevel): void {
    if (level === this.#asked) return
    this.#asked = level
    this.#turn(level, level === 'sampled' ? FIRST_EVERY : 1, 'asked')
  }

  /** Whether a fact of this kind is to have its stack. */
  wants(kind: Kind, at: number): boolean {
    if (this.#level === 'all') return true
    if (this.#level === 'none') return false
    this.#wishes++
    if (at - this.#since >= WINDOW && this.#review(at)) return true
    if (this.#wishes % this.#every === 0) return true
    const seen = this.#seen.get(kind) ?? 0
    if (seen >= FIRST_OF_KIND || this.budget.overdrawn(at)) return false
    this.#seen.set(kind, seen + 1)
    return true
  }

  /** Whether the next capture is one that is to be timed. */
  get timesNext(): boolean {
    return this.#taken % (this.#level === 'all' ? TIMED : 1) === 0
  }

  /** Counts one more capture. Answers whether it is to be timed. */
  count(): boolean {
    const isTimed = this.timesNext
    this.#taken++
    return isTimed
  }

  /** One that is timed took so long. It speaks for those that are not, unless something else came between, as a machine does. */
  captured(took: number, at: number): void {
    const usual = Math.min(took, this.#captureCost * OUTLIER)
    this.#captureCost += (took - this.#captureCost) * WEIGHT
    this.#spend(this.#level === 'all' ? took + usual * (TIMED - 1) : took, at)
  }

  /** Reading `count` stacks took so long. */
  read(count: number, took: number, at: number): void {
    this.#readCost += (took / count - this.#readCost) * WEIGHT
    this.#spend(took, at)
  }

  #spend(cost: number, at: number): void {
    this.budget.spend(cost, at)
    if (this.#level === 'none' || !this.budget.overdrawn(at)) return
    const every = this.#level === 'all' ? FIRST_EVERY : this.#every * 2
    if (every > LAST_EVERY) return
    this.budget.letOff()
    this.#since = at
    this.#wishesBefore = this.#wishes
    this.#turn('sampled', every, 'budget')
  }

  /** Once in a window: begins anew with the first of each kind, or ends the sampling, which it says. */
  #review(at: number): boolean {
    const wishes = this.#wishes - this.#wishesBefore
    const load = (wishes * (this.#captureCost + this.#readCost)) / (at - this.#since)
    this.#seen.clear()
    this.#since = at
    this.#wishesBefore = this.#wishes
    if (load > this.budget.share * CALM) return false
    if (this.#asked === 'all') this.#turn('all', 1, 'calm')
    else if (this.#every > FIRST_EVERY) this.#turn('sampled', FIRST_EVERY, 'calm')
    return this.#level === 'all'
  }

  #turn(level: StackLevel, every: number, why: RecordingLevel['why']): void {
    this.#level = level
    this.#every = every
    this.#changed({ stacks: level, every: this.every, why })
  }
}
