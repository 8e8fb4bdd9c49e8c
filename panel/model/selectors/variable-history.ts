// Which facts set and reset each variable, by their numbers. It is brought up to date by what came since, so that the history of any
// variable, up to any moment, is there without a look at all facts.

import type { Seq, VariableId, VarReset, VarSet } from '../../../runtime/protocol'
import type { Timeline } from '../timeline'

export class VariableHistory {
  private readonly writes = new Map<VariableId, Seq[]>()
  /** The newest fact that was looked at. */
  private seen = 0
  private rewrites = -1

  constructor(private readonly timeline: Timeline) {}

  /** Looks at the facts that came since; at all again where the past was told anew. */
  update(): void {
    const { timeline, writes } = this
    const { facts, rewrites } = timeline
    if (rewrites !== this.rewrites) {
      writes.clear()
      this.seen = 0
      this.rewrites = rewrites
    }
    for (let place = timeline.position(this.seen); place < facts.length; place++) {
      const fact = facts[place]
      if (fact?.type !== 'var-set' && fact?.type !== 'var-reset') continue
      const known = writes.get(fact.variable)
      if (known === undefined) writes.set(fact.variable, [fact.seq])
      else known.push(fact.seq)
    }
    this.seen = facts.at(-1)?.seq ?? 0
  }

  /** The sets and resets of a variable up to fact `upTo`, newest first, as far as they are kept. */
  *newest(variable: VariableId, upTo: number): Generator<VarSet | VarReset> {
    const known = this.writes.get(variable) ?? []
    for (let index = countUpTo(known, upTo) - 1; index >= 0; index--) {
      const fact = this.timeline.factAt(known[index] ?? 0)
      // What was let go is older than all that is kept.
      if (fact?.type !== 'var-set' && fact?.type !== 'var-reset') return
      yield fact
    }
  }
}

/** How many of the ascending numbers are no greater. O(log n). */
export function countUpTo(numbers: readonly number[], most: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? 0) <= most) low = middle + 1
    else high = middle
  }
  return low
}
