// The facts that somebody wants listed, by their numbers. It is brought up to date by what came since, so that a list of a million
// facts costs what is new.

import type { ContextId, Fact, Seq } from '../../../runtime/protocol'
import type { Timeline } from '../timeline'
import { type FactGroup, factContext, GROUP_OF } from './fact-labels'
import { FactReader } from './fact-reader'
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

export class FactList extends FactReader {
  private listed: Seq[] = []

  constructor(
    timeline: Timeline,
    private readonly filter: FactFilter,
  ) {
    super(timeline)
  }

  protected beginAnew(): void {
    this.listed = []
  }

  protected letGo(before: Seq): void {
    if ((this.listed[0] ?? before) < before) this.listed = this.listed.slice(this.after(before - 1))
  }

  protected look(facts: readonly Fact[]): void {
    const query = parseQuery(this.filter.query ?? '')
    const answers = query === null ? null : factSearch(this.timeline.head, query)
    for (const fact of facts) if (this.wants(fact) && answers?.(fact) !== false) this.listed.push(fact.seq)
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
