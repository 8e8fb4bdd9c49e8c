// What one piece of work finds of another that was over before it began: a callback that the other had handed over started it, in a copy
// that has the other's values. To go on with them is what such copies are for; who then sets the value anew, as the other did, began
// anew.

import type { ContextId, VarRead, VarSet } from '../../runtime/protocol'
import { isBuiltOn } from './built-on'
import { ancestors } from './entries'
import type { CarriedOver, ContextEntry, Holding, TokenEntry, World } from './world'

/** How far up it is looked for the callback: work that starts work that starts work. */
const NEAR = 100

/** What the context had inherited, read, and sets anew by this; null where that was meant for it. */
export function carriedOver(
  world: World,
  context: ContextEntry,
  set: VarSet,
  before: Holding | null,
): CarriedOver | null {
  const read = context.reads.get(set.variable)
  const token = before?.token == null ? undefined : world.tokens.get(before.token)
  if (read?.from !== 'inherited' || token === undefined || token.context === context.id) return null
  const over = overSince(world, token)
  const began = beganBy(context, read)
  if (over === null || began === null || over >= began || isBuiltOn(set.value, token.value)) return null
  const hop = copyOf(world, token.context, context)
  return hop?.kind === 'callback' ? { read, set, token: token.id, callback: hop.id } : null
}

/**
 * Since when the value was meant for nobody any more: what the base context has is meant for all. A task is over when it settles; what a
 * callback or a run awaits goes on after its end, for as long as nobody knows, so there only the reset says so.
 */
export function overSince(world: World, { context, state, closed }: TokenEntry): number | null {
  const maker = world.contexts.get(context)
  if (maker === undefined || maker.kind === 'base') return null
  if (state === 'used') return closed?.seq ?? null
  return maker.firstTask === null ? null : (maker.ended?.seq ?? null)
}

/**
 * A fact that came no later than the begin of what then read the value, but for what began without a break before. A callback is told when
 * it first touches something, which may be after an await: that it began just then is certain only as long as it has not returned.
 */
function beganBy({ kind, created, ended }: ContextEntry, read: VarRead): number | null {
  if (kind !== 'callback') return created
  return ended === null || ended.seq > read.seq ? read.seq : null
}

/** The copy of the context `above` that the one below is, or comes from. */
export function copyOf(world: World, above: ContextId, below: ContextEntry): ContextEntry | null {
  let copy = below
  let left = NEAR
  for (const context of ancestors(world, below.id)) {
    if (context.id === above) return copy
    if (left-- === 0) return null
    copy = context
  }
  return null
}
