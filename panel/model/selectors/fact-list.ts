// The facts that somebody wants listed, by their numbers. It is brought up to date by what came since, so that a list of a million
// facts costs what is new.

import type { ContextId, Fact, Seq } from '../../../runtime/protocol'
import type { Timeline } from '../timeline'
import { type FactGroup, factContext, GROUP_OF } from './fact-labels'
import { parseQuery } from './query'
import { factSearch } from './search'
import { countUpTo } from './variable-history'

export interface FactFilter {
  groups: ReadonlySet<FactGroup>
  /** Those of one context; of all where it is null. */
  context: ContextId | null
  /** Those that answer it (`query.ts`). */
  query?: string
}

export class FactList {
  private listed: Seq[] = []
  /** The newest fact that was looked at. */
  private seen = 0
  /** The newest that there was at the last look. */
  private newest = Number.POSITIVE_INFINITY
  private rewrites = -1

  constructor(
    private readonly timeline: Timeline,
    private readonly filter: FactFilter,
  ) {}

  /** Looks at the facts that came since, or at the first `most` of them; at all again where the past was told anew. */
  update(most = Number.POSITIVE_INFINITY): void {
    const { timeline } = this
    const { facts, rewrites } = timeline
    if (rewrites !== this.rewrites) {
      this.listed = []
      this.seen = 0
      this.rewrites = rewrites
    }
    const first = facts[0]?.seq ?? Number.POSITIVE_INFINITY
    if ((this.listed[0] ?? first) < first) this.listed = this.listed.slice(this.after(first - 1))
    this.newest = facts.at(-1)?.seq ?? 0
    const start = timeline.position(this.seen)
    const end = Math.min(start + most, facts.length)
    const query = parseQuery(this.filter.query ?? '')
    const answers = query === null ? null : factSearch(timeline.head, query)
    for (let place = start; place < end; place++) {
      const fact = facts[place]
      if (fact === undefined) continue
      this.seen = fact.seq
      if (this.wants(fact) && answers?.(fact) !== false) this.listed.push(fact.seq)
    }
  }

  /** Whether all facts were looked at that there were at the last look. */
  get isComplete(): boolean {
    return this.seen >= this.newest
  }

  get length(): number {
    return this.listed.length
  }

  fact(index: number): Fact | null {
    const seq = this.listed[index]
    return seq === undefined ? null : this.timeline.factAt(seq)
  }

  /** The place of the newest that has a number up to `seq`; -1 where there is none. O(log n). */
  indexAt(seq: number): number {
    return this.after(seq) - 1
  }

  /** How many have a number up to `seq`. */
  private after(seq: number): number {
    return countUpTo(this.listed, seq)
  }

  private wants(fact: Fact): boolean {
    const { groups, context } = this.filter
    if (!groups.has(GROUP_OF[fact.type])) return false
    return context === null || factContext(this.timeline.head, fact) === context
  }
}
