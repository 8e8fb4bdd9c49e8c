// What one piece of work finds of another that was over before it began: a callback that the other had handed over started it, in a copy
// that has the other's values. To go on with them is what such copies are for; who then sets the value anew, as the other did, began
// anew.

import type { ContextId, VarSet } from '../../runtime/protocol'
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
  if (over === null || over >= context.created) return null
  const hop = copyOf(world, token.context, context)
  return hop?.kind === 'callback' ? { read, set, token: token.id, callback: hop.id } : null
}

/** Since when the value was meant for nobody any more: what the base context has is meant for all. */
function overSince(world: World, { context, state, closed }: TokenEntry): number | null {
  const maker = world.contexts.get(context)
  if (maker === undefined || maker.kind === 'base') return null
  return state === 'used' ? (closed?.seq ?? null) : (maker.ended?.seq ?? null)
}

/** The copy of the context `above` that the one below is, or comes from. */
function copyOf(world: World, above: ContextId, below: ContextEntry): ContextEntry | null {
  let copy = below
  let left = NEAR
  for (const context of ancestors(world, below.id)) {
    if (context.id === above) return copy
    if (left-- === 0) return null
    copy = context
  }
  return null
}
