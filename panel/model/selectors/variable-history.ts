// Which facts set and reset each variable, by their numbers. It is brought up to date by what came since, so that the history of any
// variable, up to any moment, is there without a look at all facts.

import type { Fact, Seq, VariableId, VarReset, VarSet } from '../../../runtime/protocol'
import { firstWhere } from '../first-where'
import { FactReader } from './fact-reader'

export class VariableHistory extends FactReader {
  private readonly writes = new Map<VariableId, Seq[]>()

  protected beginAnew(): void {
    this.writes.clear()
  }

  protected letGo(before: Seq): void {
    for (const [variable, known] of this.writes) {
      const gone = countUpTo(known, before - 1)
      if (gone === known.length) this.writes.delete(variable)
      else if (gone > 0) known.splice(0, gone)
    }
  }

  protected look(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.type !== 'var-set' && fact.type !== 'var-reset') continue
      const known = this.writes.get(fact.variable)
      if (known === undefined) this.writes.set(fact.variable, [fact.seq])
      else known.push(fact.seq)
    }
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

/** How many of the ascending numbers are no greater. */
export const countUpTo = (numbers: readonly number[], most: number): number =>
  firstWhere(numbers.length, (place) => (numbers[place] ?? 0) > most)
