// What a context held at an earlier moment: its holdings now, its later writes undone, newest first. Callbacks that were handed over
// long ago ask for the same past again and again, so moments that were passed on the way are kept.

import type { VariableId } from '../../runtime/protocol'
import type { Ledger } from './ledger'
import type { Change, ContextEntry, Holding } from './world'

/** The state just after a change. */
interface Moment {
  change: Change
  holdings: Ledger<VariableId, Holding>
}

/** By the very entry, newest first. */
const passed = new WeakMap<ContextEntry, Moment[]>()
/** Changes between two moments. */
const APART = 256

/** What a context held just after fact `asOf`, without what is not known any more. */
export function holdingsAsOf(entry: ContextEntry, asOf: number): Ledger<VariableId, Holding> {
  if (entry.lastChange === null || entry.lastChange.fact.seq <= asOf) return shareHoldings(entry)
  const moments = passed.get(entry) ?? []
  const start = moments.findLast((moment) => moment.change.fact.seq > asOf)
  const holdings = (start?.holdings ?? entry.holdings).fork()
  const fresh: Moment[] = []
  let steps = 0
  for (let change = start?.change ?? entry.lastChange; change.fact.seq > asOf; ) {
    if (change.before === null) holdings.delete(change.fact.variable)
    else holdings.set(change.fact.variable, change.before)
    if (change.previous === null) break
    change = change.previous
    if (++steps % APART === 0) fresh.push({ change, holdings: holdings.fork() })
  }
  for (const [variable, until] of entry.unknownUntil ?? []) if (until > asOf) holdings.delete(variable)
  if (fresh.length > 0)
    passed.set(
      entry,
      [...moments, ...fresh].sort((a, b) => b.change.fact.seq - a.change.fact.seq),
    )
  return holdings
}

/** The holdings turned out to be others than the changes say: what was worked out before is not so. */
export function forgetMoments(entry: ContextEntry): void {
  passed.delete(entry)
}

/** What was worked out before is so of a copy, too: a world goes its own way from here on, and whoever looks at one makes it copy. */
export function shareMoments(entry: ContextEntry, copy: ContextEntry): ContextEntry {
  const moments = passed.get(entry)
  if (moments !== undefined) passed.set(copy, moments)
  return copy
}

/** The holdings as they are, safe from later writes. */
export function shareHoldings(entry: ContextEntry): Ledger<VariableId, Holding> {
  return entry.holdings === entry.inherited ? entry.inherited : entry.holdings.fork()
}
