// The sets that were never undone and whose value still stands, and who started with it. One pass over the tokens: this runs again
// and again while a page is recorded.

import type { ContextId, PreviewKind, Seq, TokenId } from '../../../runtime/protocol'
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
   * - `dies-with-unit`: it was set in a context made for one piece of work, and nobody has it who came after that
   * - `inherited-after-end`: its work is over, and somebody else copied a context from there afterwards
   * - `inherited-from-base`: it was set in the base context, whose work is never over, and others read it
   * - `lost`: it stands in the base context, and its token was garbage-collected
   */
  state: 'dies-with-unit' | 'inherited-after-end' | 'inherited-from-base' | 'lost'
  /** The first of them, and how many there are. */
  heir: Heir | null
  heirs: number
}

/** Oldest first. */
export function* forgottenSets(world: World): Generator<Forgotten> {
  // A reset may have fallen into a gap that no census has settled yet.
  const unsettled = followsGap(world) ? (world.missing.at(-1)?.to ?? 0) : 0
  const refused = refusedTokens(world)
  for (const token of world.tokens.values()) {
    if (token.state === 'used' || token.made <= unsettled) continue
    const owner = world.contexts.get(token.context)
    if (owner === undefined || owner.state === 'collected') continue
    // Only the newest value there is what a reset would change.
    if (owner.holdings.get(token.variable)?.token !== token.id || isPutBack(token)) continue
    const forgotten = judgeSet(world, token, owner)
    // Nobody forgot what was refused: its error says that the value stays.
    if (forgotten === null || (forgotten.state === 'dies-with-unit' && refused.has(token.id))) continue
    yield forgotten
  }
}

function refusedTokens({ refusals }: World): ReadonlySet<TokenId> {
  const refused = new Set<TokenId>()
  for (const refusal of refusals) {
    if (refusal.type === 'token-error' && refusal.token !== null) refused.add(refusal.token)
  }
  return refused
}

function judgeSet(world: World, token: TokenEntry, owner: ContextEntry): Forgotten | null {
  if (owner.kind === 'base' && token.readBy !== null) {
    const { first, count } = token.readBy
    const context = world.contexts.get(first.context)
    const heir = context === undefined ? null : { context, read: first.seq }
    return { token, state: 'inherited-from-base', heir, heirs: count }
  }
  const [heir = null, ...others] = heirsAfterEnd(world, token, owner)
  if (heir !== null) return { token, state: 'inherited-after-end', heir, heirs: 1 + others.length }
  // What stands in any other context goes when that goes, whether its token is kept or not. (To drop the token is how most programs
  // set a value for the whole of a task, or of a `copyContext().run(…)`.)
  if (token.state === 'lost' && owner.kind === 'base') return { token, state: 'lost', heir, heirs: 0 }
  return owner.state === 'ended' || token.state === 'lost' ? { token, state: 'dies-with-unit', heir, heirs: 0 } : null
}

/**
 * Whether the value is again what it was before the context had set it at all: who kept that and sets it at the end has undone their set,
 * if not by a token, and who starts with it starts as if nothing had been set.
 */
const isPutBack = ({ value, original }: TokenEntry): boolean =>
  original !== null &&
  PLAIN.has(value.kind) &&
  value.kind === original.kind &&
  value.text === original.text &&
  // What was left out of a long text, or taken out of a recording and stands in brackets, may have been different.
  value.more === undefined &&
  !value.text.includes('[')

/** Two of these that look the same are the same. */
const PLAIN: ReadonlySet<PreviewKind> = new Set(['undefined', 'null', 'boolean', 'number', 'bigint', 'string'])

/** Of a context with many children, only the newest are asked. */
const NEAR = 100
const NOBODY: readonly Heir[] = []

/** Oldest first. */
function heirsAfterEnd(world: World, token: TokenEntry, owner: ContextEntry): readonly Heir[] {
  const { ended } = owner
  if (owner.children.length === 0 || ended === null) return NOBODY
  return [...heirsAmong(world, token, owner.children.slice(-NEAR))].filter(
    // Of what hangs here since its own parent was let go, neither is known.
    ({ context }) => context.copiedAfterEnd && context.asOf >= ended.seq,
  )
}

/** Who started with the value, of a context's own children; oldest first. */
export function* heirsOf(world: World, token: TokenEntry): Generator<Heir> {
  yield* heirsAmong(world, token, world.contexts.get(token.context)?.children ?? [])
}

function* heirsAmong(world: World, token: TokenEntry, children: readonly ContextId[]): Generator<Heir> {
  for (const child of children) {
    const context = world.contexts.get(child)
    if (context?.inherited.get(token.variable)?.token !== token.id || isIdle(context)) continue
    const read = context.reads.get(token.variable)
    yield { context, read: read?.from === 'inherited' ? read.seq : null }
  }
}

/** A callback that touched nothing, which is told only where somebody asks for all of them: that changes no verdict. */
const isIdle = ({ kind, holdings, inherited, reads, children }: ContextEntry): boolean =>
  kind === 'callback' && holdings === inherited && reads.size === 0 && children.length === 0
