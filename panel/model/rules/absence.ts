// Why a context had no value for a variable that it was asked for: found in the history of the variable's sets.

import type { ContextId, LookupFailed } from '../../../runtime/protocol'
import { ancestors } from '../entries'
import type { TokenEntry, World } from '../world'

export type Absence =
  | { why: 'never-set' }
  | {
      why: 'set-later' | 'reset' | 'reset-before-copy' | 'set-after-copy' | 'set-below' | 'set-elsewhere'
      /** The set that would have been the value. */
      set: TokenEntry
    }
  | { why: 'await-not-followed'; set: TokenEntry; cause: string; installed: boolean }

/** `sets` are all sets of the variable, oldest first. The nearest miss explains most, so the order of these questions matters. */
export function absenceOf(world: World, lookup: LookupFailed, sets: readonly TokenEntry[]): Absence {
  const first = sets[0]
  if (first === undefined) return { why: 'never-set' }
  const before = sets.filter((set) => set.made < lookup.seq)
  if (before.length === 0) return { why: 'set-later', set: first }

  const own = before.findLast((set) => set.context === lookup.context)
  if (own !== undefined) return { why: 'reset', set: own }
  const above = setAbove(world, lookup.context, before)
  if (above !== null) return above
  const lost = lostAwait(world, lookup, before)
  if (lost !== null) return lost
  const nearest = newestOpen(before, lookup.seq) ?? first
  const below = before.slice(-NEAR).findLast((set) => comesFrom(world, set.context, lookup.context))
  if (below !== undefined) return { why: 'set-below', set: below }
  return { why: 'set-elsewhere', set: nearest }
}

/** The newest set in a context above, and on which side of the copy it fell. */
function setAbove(world: World, context: ContextId, sets: readonly TokenEntry[]): Absence | null {
  // When the branch that leads to `context` left each ancestor.
  const leftAt = new Map<ContextId, number>()
  let asOf = world.contexts.get(context)?.asOf ?? 0
  for (const ancestor of ancestors(world, context)) {
    leftAt.set(ancestor.id, asOf)
    asOf = ancestor.asOf
  }
  const set = sets.findLast(({ context: setIn }) => leftAt.has(setIn))
  if (set === undefined) return null
  const copied = leftAt.get(set.context) ?? 0
  return { why: set.made > copied ? 'set-after-copy' : 'reset-before-copy', set }
}

/** Climbing from a set costs a tree's depth, so only this many of the newest are asked where they come from. */
const NEAR = 100

function newestOpen(sets: readonly TokenEntry[], seq: number): TokenEntry | undefined {
  return sets.findLast((set) => set.closed === null || set.closed.seq > seq) ?? sets.at(-1)
}

function comesFrom(world: World, context: ContextId, above: ContextId): boolean {
  for (const { id } of ancestors(world, context)) if (id === above) return true
  return false
}

/**
 * Where `await` is not followed, what comes after one runs in the context of whoever happens to be current, which outside of any
 * run is the base context: a lookup there may be its fault. A loss that was seen counts if the lost context had the value.
 */
function lostAwait(world: World, lookup: LookupFailed, sets: readonly TokenEntry[]): Absence | null {
  for (const loss of world.untracked.slice(-NEAR).reverse()) {
    if (loss.seq > lookup.seq) continue
    const held = world.contexts.get(loss.context)?.holdings.get(lookup.variable)
    const set = sets.findLast(({ id, context }) => id === held?.token || context === loss.context)
    if (set === undefined) continue
    return { why: 'await-not-followed', set, cause: `an await was not followed (${loss.cause})`, installed: true }
  }
  const set = newestOpen(sets, lookup.seq)
  const installed = world.runtime !== null && world.missing.length === 0 ? world.propagation : undefined
  // What was installed may have changed among the missing facts.
  if (set === undefined || lookup.context !== world.base || installed === undefined || installed?.nativeAwait)
    return null
  if (installed === null) {
    return { why: 'await-not-followed', set, cause: 'nothing is installed that follows await', installed: false }
  }
  const limits = installed.limits.join('; ')
  const cause = `native await is not followed here${limits === '' ? '' : ` (${limits})`}`
  return { why: 'await-not-followed', set, cause, installed: true }
}
