// Why a context had no value for a variable that it was asked for: found in the history of the variable's sets. What happens after
// the lookup does not change the answer, unless it happens where the value was missing.

import type { AwaitUntracked, ContextId, LookupFailed, WorkAwaited } from '../../../runtime/protocol'
import type { Effort } from '../effort'
import { ancestors } from '../entries'
import type { ContextEntry, TokenEntry, World } from '../world'
import type { Sets, StandingSets } from './sought-sets'
import { isNobodysUnit, type Strayed, standsAt, strayedFrom, type UnfollowedCode, unfollowedCode } from './strayed-code'

export type Absence =
  /** Nothing had set it anywhere. */
  | { why: 'never-set' }
  | {
      why: 'set-later' | 'reset' | 'reset-before-copy' | 'set-after-copy'
      /** The set that would have been the value. */
      set: TokenEntry
    }
  | { why: 'await-not-followed'; set: TokenEntry; cause: string; installed: boolean }
  /** A task that has the value came to its end in this context. That the code is the task's is a guess. */
  | { why: 'task-went-on-here'; set: TokenEntry; loss: AwaitUntracked }
  /** Nothing that is followed started the code. That it belongs to this set is a guess. */
  | { why: 'started-unfollowed'; set: TokenEntry; code: UnfollowedCode; strayed: Strayed | null }
  /** The context, or the one that it came from, was made empty. */
  | { why: 'started-empty'; root: ContextEntry }
  /** It was set where this context cannot see it. That these belong together is a guess. */
  | { why: 'set-below' | 'set-elsewhere'; set: TokenEntry; strayed: Strayed | null }

export type Elsewhere = Extract<Absence, { why: 'set-below' | 'set-elsewhere' }>

/** `sets` are all sets of the variable. The nearest miss explains most, so the order of these questions matters. */
export function absenceOf(world: World, lookup: LookupFailed, sets: Sets, effort: Effort): Absence {
  effort.spend(10 * world.unfollowed.length)
  if (sets.size === 0) return { why: 'never-set' }
  const own = sets.newestIn(lookup.context, lookup.seq, effort)
  if (own !== null) return { why: 'reset', set: own }
  const line = [...ancestors(world, lookup.context, effort)]
  const above = setAbove(world, lookup, line, sets, effort)
  if (above !== null) return above
  const later = setLater(lookup, line, sets)
  const before = sets.newestBefore(lookup.seq, NEAR, effort)
  if (before.length === 0) return later ?? { why: 'never-set' }
  const root = line.at(-1) ?? world.contexts.get(lookup.context)
  if (root !== undefined && startsEmpty(root)) return later ?? { why: 'started-empty', root }
  const standing = sets.standingAt(lookup.seq, effort)
  const lost = lostAwait(world, lookup, standing, before, effort)
  if (lost !== null) return lost
  const here = taskFromElsewhere(world, lookup, standing, effort)
  if (here !== null) return here
  const nearest = nearestSet(world, lookup, before, effort)
  const code = unfollowedCode(world, lookup)
  if (nearest !== null && code !== null) {
    return { why: 'started-unfollowed', set: nearest.set, code, strayed: nearest.strayed }
  }
  return (
    (nearest?.why === 'set-elsewhere' && nearest.strayed === null ? later : null) ?? nearest ?? { why: 'never-set' }
  )
}

/** The newest set in a context above, and on which side of the copy it fell. */
function setAbove(
  world: World,
  { context, seq }: LookupFailed,
  line: readonly ContextEntry[],
  sets: Sets,
  effort: Effort,
): Absence | null {
  let newest: { set: TokenEntry; copied: number } | null = null
  // When the branch that leads to `context` left the ancestor.
  let copied = world.contexts.get(context)?.asOf ?? 0
  for (const { id, asOf } of line) {
    const set = sets.newestIn(id, seq, effort)
    if (set !== null && set.id > (newest?.set.id ?? 0)) newest = { set, copied }
    copied = asOf
  }
  if (newest === null) return null
  return { why: newest.set.made > newest.copied ? 'set-after-copy' : 'reset-before-copy', set: newest.set }
}

/** The first set in this very context, or in one above; none of them came before the lookup. */
function setLater({ context }: LookupFailed, line: readonly ContextEntry[], sets: Sets): Absence | null {
  let oldest = sets.oldestIn(context)
  for (const { id } of line) {
    const set = sets.oldestIn(id)
    if (set !== null && set.id < (oldest?.id ?? Number.POSITIVE_INFINITY)) oldest = set
  }
  return oldest === null ? null : { why: 'set-later', set: oldest }
}

/** A context and all above it. */
function lineageOf(world: World, context: ContextId, effort: Effort): ReadonlySet<ContextId> {
  const lineage = new Set([context])
  for (const { id } of ancestors(world, context, effort)) lineage.add(id)
  return lineage
}

export function startsEmpty({ kind, api, parent }: ContextEntry): boolean {
  return parent === null && (kind === 'new' || (kind === 'task' && api === 'spawn'))
}

/** Only this many of the newest sets are asked where they come from, and of the newest losses. */
const NEAR = 100

/** A set that this context cannot see: first where its code may have strayed from, then in its own copies, then anywhere. */
function nearestSet(
  world: World,
  lookup: LookupFailed,
  before: readonly TokenEntry[],
  effort: Effort,
): Elsewhere | null {
  const comesFrom = belowOf(world, lookup.context, effort)
  const near = before.map((set) => {
    const below = comesFrom(set.context)
    return { set, below, strayed: strayedFrom(world, lookup, set) }
  })
  const nearest =
    near.findLast(({ strayed }) => strayed?.sharedFunction != null) ??
    near.findLast(({ set, below }) => below && waitedFor(world, lookup, set) !== null) ??
    near.findLast(({ below, strayed }) => below && strayed !== null) ??
    near.findLast(({ set, below }) => below && world.contexts.get(set.context)?.parent === lookup.context) ??
    near.findLast(({ below }) => below) ??
    near.findLast(({ strayed }) => strayed !== null) ??
    near.findLast(({ set }) => standsAt(set, lookup.seq)) ??
    near.at(-1)
  if (nearest === undefined) return null
  return { why: nearest.below ? 'set-below' : 'set-elsewhere', set: nearest.set, strayed: nearest.strayed }
}

/** That the code which asked in vain had awaited the work that made this set; null where it had not. */
export function waitedFor(world: World, { context, seq }: LookupFailed, set: TokenEntry): WorkAwaited | null {
  const awaited = world.contexts.get(context)?.awaited ?? []
  return awaited.findLast((fact) => fact.work === set.context && fact.seq < seq) ?? null
}

/** Tells whether a context comes from the one `above`. Ways up join, so each context is passed once, whoever is asked about. */
function belowOf(world: World, above: ContextId, effort: Effort): (context: ContextId) => boolean {
  const known = new Map<ContextId, boolean>()
  return (context) => {
    const passed: ContextId[] = [context]
    let answer = false
    for (const { id } of ancestors(world, context, effort)) {
      const other = id === above || known.get(id)
      answer = other === true
      if (other !== undefined) break
      passed.push(id)
    }
    for (const id of passed) known.set(id, answer)
    return answer
  }
}

/** What a task that strayed into this context held when it ended: that is stated only then, after what it asked for in vain. */
function taskFromElsewhere(world: World, lookup: LookupFailed, standing: StandingSets, effort: Effort): Absence | null {
  for (const loss of world.untracked.slice(-NEAR).reverse()) {
    if (loss.resumed !== lookup.context || loss.copied || loss.seq < lookup.seq) continue
    const lineage = lineageOf(world, loss.context, effort)
    const set = standing.newestAmong(lineage, lookup.seq)
    if (set !== null) return { why: 'task-went-on-here', set, loss }
  }
  return null
}

/**
 * Where `await` is not followed, what comes after one runs in the context of whoever happens to be current, which outside of any
 * run is the base context: a lookup there may be its fault. A loss that was seen counts if the lost context had the value.
 */
function lostAwait(
  world: World,
  lookup: LookupFailed,
  standing: StandingSets,
  before: readonly TokenEntry[],
  effort: Effort,
): Absence | null {
  if (!isNobodysUnit(world, lookup)) return null
  for (const loss of world.untracked.slice(-NEAR).reverse()) {
    // What goes on in a copy has the values; where a task is known to have gone, it is of interest there.
    if (loss.seq > lookup.seq || loss.copied || loss.resumed !== null) continue
    const lineage = lineageOf(world, loss.context, effort)
    const set = standing.newestAmong(lineage, loss.seq)
    if (set === null) continue
    return { why: 'await-not-followed', set, cause: `an await was not followed (${loss.cause})`, installed: true }
  }
  const installed = world.runtime !== null && world.missing.length === 0 ? world.propagation : undefined
  // What was installed may have changed among the missing facts.
  if (lookup.context !== world.base || installed === undefined || installed?.nativeAwait) return null
  const set = standing.newest() ?? before.at(-1)
  if (set === undefined) return null
  if (installed === null) {
    return { why: 'await-not-followed', set, cause: 'nothing is installed that follows await', installed: false }
  }
  const limits = installed.limits.join('; ')
  const cause = `native await is not followed here${limits === '' ? '' : ` (${limits})`}`
  return { why: 'await-not-followed', set, cause, installed: true }
}
