// Whoever keeps something of all facts looks at each of them once, as they come, and a portion at a time where there are many; and lets go
// of what was let go.

import type { Fact, Seq } from '../../../runtime/protocol'
import type { Timeline } from '../timeline'

export abstract class FactReader {
  /** The newest fact that was looked at, and the newest that there was at the last look. */
  private seen = 0
  private last = Number.POSITIVE_INFINITY
  /** The oldest that there was. */
  private oldest = 0
  private rewrites = -1

  constructor(protected readonly timeline: Timeline) {}

  /** Looks at the facts that came since, or at the first `most` of them; at all again where the past was told anew. */
  update(most = Number.POSITIVE_INFINITY): void {
    const { facts, rewrites } = this.timeline
    if (rewrites !== this.rewrites) {
      this.beginAnew()
      this.seen = 0
      this.rewrites = rewrites
    }
    const oldest = facts[0]?.seq ?? this.timeline.head.seq + 1
    if (oldest > this.oldest) this.letGo(oldest as Seq)
    this.oldest = oldest
    this.last = facts.at(-1)?.seq ?? 0
    const start = this.timeline.position(this.seen)
    this.look(facts.slice(start, start + most))
    this.seen = facts[Math.min(start + most, facts.length) - 1]?.seq ?? this.seen
  }

  /** Whether all facts were looked at that there were at the last look. */
  get isComplete(): boolean {
    return this.seen >= this.last
  }

  protected abstract beginAnew(): void
  /** Of facts before this one nothing is to be kept. */
  protected abstract letGo(before: Seq): void
  protected abstract look(facts: readonly Fact[]): void
}
