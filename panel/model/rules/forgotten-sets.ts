// The sets that were never undone and whose value still stands, and who started with it. One pass over the tokens, one over the
// reads: this runs again and again while a page is recorded.

import type { Seq, TokenId, VariableId } from '../../../runtime/protocol'
import { followsGap } from '../census'
import type { ContextEntry, TokenEntry, World } from '../world'

/** A context that started with the value. */
export interface Heir {
  context: ContextEntry
  /** The fact of its first known read of it. */
  read: Seq | null
}

export interface Forgotten {
  token: TokenEntry
  /**
   * - `dies-with-unit`: it was set in a context made for one piece of work, and nobody else has it
   * - `inherited-after-end`: its work is over, and a context was copied from there afterwards
   * - `inherited-from-base`: it was set in the base context, whose work is never over, and others read it
   * - `lost`: it stands in a context that is nobody's own, and its token was garbage-collected
   */
  state: 'dies-with-unit' | 'inherited-after-end' | 'inherited-from-base' | 'lost'
  /** Oldest first. */
  heirs: Heir[]
}

/** Oldest first. */
export function forgottenSets(world: World): Forgotten[] {
  const standing = standingTokens(world)
  const readers = readersOf(world, standing.values())
  const found: Forgotten[] = []
  for (const token of standing.values()) {
    const owner = world.contexts.get(token.context)
    const forgotten = owner === undefined ? null : judgeSet(world, token, owner, readers.get(token.id) ?? [])
    if (forgotten !== null) found.push(forgotten)
  }
  return found
}

/** Unused, in a context that lives, and the newest value there: what a reset would change. */
function standingTokens(world: World): Map<TokenId, TokenEntry> {
  // A reset may have fallen into a gap that no census has settled yet.
  const unsettled = followsGap(world) ? (world.missing.at(-1)?.to ?? 0) : 0
  const standing = new Map<TokenId, TokenEntry>()
  for (const token of world.tokens.values()) {
    if (token.state === 'used' || token.made <= unsettled) continue
    const owner = world.contexts.get(token.context)
    if (owner === undefined || owner.state === 'collected') continue
    if (owner.holdings.get(token.variable)?.token === token.id) standing.set(token.id, token)
  }
  return standing
}

/** Who read, as inherited, a value that still stands in the base context. */
function readersOf(world: World, standing: Iterable<TokenEntry>): Map<TokenId, Heir[]> {
  const inBase = new Map<VariableId, TokenEntry>()
  for (const token of standing) {
    if (world.contexts.get(token.context)?.kind === 'base') inBase.set(token.variable, token)
  }
  const readers = new Map<TokenId, Heir[]>()
  if (inBase.size === 0) return readers
  for (const context of world.contexts.values()) {
    if (context.reads.size === 0) continue
    for (const variable of context.reads.size < inBase.size ? context.reads.keys() : inBase.keys()) {
      const token = inBase.get(variable)
      const read = context.reads.get(variable)
      if (token === undefined || read?.from !== 'inherited') continue
      if (context.inherited.get(variable)?.token !== token.id) continue
      const heirs = readers.get(token.id)
      if (heirs === undefined) readers.set(token.id, [{ context, read: read.seq }])
      else heirs.push({ context, read: read.seq })
    }
  }
  return readers
}

function judgeSet(world: World, token: TokenEntry, owner: ContextEntry, readers: Heir[]): Forgotten | null {
  if (owner.kind === 'base' && readers.length > 0) return { token, state: 'inherited-from-base', heirs: readers }
  const heirs = heirsAfterEnd(world, token, owner)
  if (heirs.length > 0) return { token, state: 'inherited-after-end', heirs }
  // Tasks and callbacks have a context of their own, which nobody enters again: what stands there goes when it goes, whether its
  // token is kept or not. (Dropping the token is how most programs set a value for the whole of a task.)
  const ownUnit = owner.kind === 'task' || owner.kind === 'callback'
  if (token.state === 'lost' && !ownUnit) return { token, state: 'lost', heirs }
  return owner.state === 'ended' || token.state === 'lost' ? { token, state: 'dies-with-unit', heirs } : null
}

/** Of a context with many children, only the newest are asked. */
const NEAR = 100

function heirsAfterEnd(world: World, token: TokenEntry, owner: ContextEntry): Heir[] {
  // A callback's context can be copied after the callback returned by nobody but its own awaits: its work goes on, and it may
  // still reset.
  if (owner.ended === null || owner.kind === 'callback') return []
  const heirs: Heir[] = []
  for (const child of owner.children.slice(-NEAR)) {
    const context = world.contexts.get(child)
    if (context === undefined || context.asOf < owner.ended.seq) continue
    if (context.inherited.get(token.variable)?.token !== token.id) continue
    const read = context.reads.get(token.variable)
    heirs.push({ context, read: read?.from === 'inherited' ? read.seq : null })
  }
  return heirs
}
