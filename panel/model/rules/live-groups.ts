// Cases that come and go while a page is recorded, by the line of code that each belongs to: told by the newest of a line, and in the
// order in which the lines began. What it takes to ask does not depend on how many cases there are.

import { Ledger } from '../ledger'
import type { Group } from './source-line'

export class LiveGroups<Id extends number> {
  readonly #keys = new Map<Id, string>()
  readonly #groups = new Map<string, Ledger<Id, true>>()

  /** Puts a case into the group of its key, out of any other; with null, out of all. */
  put(id: Id, key: string | null): void {
    const before = this.#keys.get(id) ?? null
    if (before === key) return
    if (before !== null) this.#remove(id, before)
    if (key === null) return
    this.#keys.set(id, key)
    const group = this.#groups.get(key) ?? new Ledger<Id, true>()
    group.set(id, true)
    this.#groups.set(key, group)
  }

  /** The group whose oldest case has the smallest number first; each with what its oldest and its newest are. */
  list<Case>(caseOf: (id: Id) => Case | null | undefined): Group<Case>[] {
    const listed: (Group<Case> & { first: Id })[] = []
    for (const [key, { first, last, size }] of this.#groups) {
      const newest = last === null ? null : caseOf(last)
      if (first === null || newest == null) continue
      const oldest = size === 1 ? newest : (caseOf(first) ?? newest)
      listed.push({ key, oldest, newest, count: size, first })
    }
    return listed.sort((a, b) => a.first - b.first)
  }

  #remove(id: Id, key: string): void {
    this.#keys.delete(id)
    const group = this.#groups.get(key)
    group?.delete(id)
    if (group?.size === 0) this.#groups.delete(key)
  }
}
