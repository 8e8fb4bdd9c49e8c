// Lets go of what was over long ago, so that the world of a page that runs for hours stays as large as what lives in it. What lives,
// what a problem speaks of, and what happened lately stays; of the rest nothing is left that could be wrong.

import type { ContextId, Seq, TokenId, VariableId, VarRead } from '../../runtime/protocol'
import { Children } from './children'
import { hang } from './entries'
import { forgetMoments } from './history'
import { isOnlyOne } from './left-behind'
import { KEPT_CHANGES, KEPT_LOSSES, SETS_ASKED } from './limits'
import { touchEverything } from './touched'
import type { Change, ContextEntry, TokenEntry, World } from './world'

/** Facts up to number `upTo` are kept no more: what was over by then goes. In time, as many steps as the world has entries. */
export function forget(world: World, upTo: number): void {
  world.refused = keepNewest(world.refused, upTo)
  world.refusals = keepNewest(world.refusals, upTo)
  world.untracked = keepNewest(world.untracked, upTo)
  world.unfollowed = keepNewest(world.unfollowed, upTo)
  withdrawMeant(world)
  const named = namedByLosses(world)
  removeContexts(world, overBefore(world, upTo, named.contexts))
  forgetTokens(world, upTo, named.tokens)
  forgetTasks(world)
  for (const { id, changes, lastChange } of world.contexts.values()) {
    if (lastChange !== null && changes > KEPT_CHANGES) shorten(world, id, lastChange, upTo)
  }
  world.letGo = upTo
  touchEverything(world)
}

/** Problems stay to be told, the newest of those from before. */
function keepNewest<F extends { seq: Seq }>(facts: readonly F[], upTo: number): F[] {
  const older = facts.findIndex(({ seq }) => seq > upTo)
  const before = older === -1 ? facts.length : older
  return facts.slice(Math.max(0, before - KEPT_LOSSES))
}

/** What was meant is never told, and keeps nothing. */
function withdrawMeant(world: World): void {
  for (const [line, { newest }] of world.leftInCopy) if (!isOnlyOne(world, newest)) world.leftInCopy.delete(line)
}

/** What rules say of refusals and losses, they say of these. */
function namedByLosses(world: World): {
  contexts: Set<ContextId>
  tokens: Set<TokenId>
} {
  const {
    refusals,
    outOfOrder,
    tooLate,
    leftInCopy,
    carriedOver,
    outlived,
    keptByTimers,
    strayReads,
    heard,
    swallowed,
    changedDefaults,
    untracked,
    unfollowed,
    notReduced,
  } = world
  const contexts = new Set<ContextId>()
  const tokens = new Set<TokenId>()
  for (const fact of [...refusals, ...untracked, ...unfollowed]) {
    contexts.add(fact.context)
    if (fact.type === 'await-untracked' && fact.resumed !== null) contexts.add(fact.resumed)
    if (fact.type !== 'token-error') continue
    if (fact.tokenContext !== null) contexts.add(fact.tokenContext)
    if (fact.token !== null) tokens.add(fact.token)
  }
  for (const { newest } of outOfOrder.values()) {
    const { reset, revived } = newest
    contexts.add(reset.context)
    tokens.add(reset.token).add(revived)
  }
  for (const { newest } of tooLate.values()) contexts.add(newest.read.context).add(newest.set.context)
  for (const { newest } of changedDefaults.values()) contexts.add(newest.context)
  for (const { newest } of leftInCopy.values()) {
    contexts.add(newest.awaited.context).add(newest.awaited.work)
    tokens.add(newest.token)
  }
  for (const { newest } of carriedOver.values()) {
    contexts.add(newest.set.context).add(newest.callback)
    tokens.add(newest.token)
    const made = world.tokens.get(newest.token)?.context
    if (made !== undefined) contexts.add(made)
  }
  for (const { newest } of outlived.values()) {
    contexts.add(newest.read.context).add(newest.hop)
    tokens.add(newest.token)
    const made = world.tokens.get(newest.token)?.context
    if (made !== undefined) contexts.add(made)
  }
  for (const { newest } of keptByTimers.values()) {
    contexts.add(newest.call.context)
    if (newest.call.parent !== null) contexts.add(newest.call.parent)
    for (const token of newest.tokens) tokens.add(token)
  }
  const reads = [
    ...[...strayReads.values()].map(({ newest }) => newest.read),
    ...[...heard.values()].map(({ newest }) => newest),
  ]
  for (const read of reads) contexts.add(read.context)
  for (const token of setsBefore(world, reads)) {
    tokens.add(token.id)
    contexts.add(token.context)
  }
  for (const { newest } of swallowed.values()) {
    const { refusal, task } = newest
    contexts.add(refusal.context).add(task)
    if (refusal.tokenContext !== null) contexts.add(refusal.tokenContext)
    if (refusal.token !== null) tokens.add(refusal.token)
  }
  for (const { newest } of notReduced.values()) contexts.add(newest.context)
  return { contexts, tokens }
}

/** The newest sets of what was read, before that. */
function setsBefore(world: World, reads: readonly VarRead[]): TokenEntry[] {
  if (reads.length === 0) return []
  const until = new Map<VariableId, Seq>()
  for (const { variable, seq } of reads) until.set(variable, Math.max(seq, until.get(variable) ?? 0) as Seq)
  const sets = new Map<VariableId, TokenEntry[]>()
  for (const token of world.tokens.values()) {
    if (token.made >= (until.get(token.variable) ?? 0)) continue
    const known = sets.get(token.variable) ?? []
    if (known.push(token) > SETS_ASKED) known.shift()
    sets.set(token.variable, known)
  }
  return [...sets.values()].flat()
}

/** The collector took them, and no fact will name them again. */
function overBefore(world: World, upTo: number, named: ReadonlySet<ContextId>): Set<ContextId> {
  const over = new Set<ContextId>()
  for (const { id, state, ended } of world.contexts.values()) {
    if (state !== 'collected' || ended === null || ended.seq > upTo) continue
    if (id !== world.base && !named.has(id)) over.add(id)
  }
  return over
}

/** Removes contexts; what was copied from one comes to hang below the nearest that stays. */
function removeContexts(world: World, over: ReadonlySet<ContextId>): void {
  const heirs = new Set<ContextId>()
  let areRootsNew = false
  for (const id of over) {
    const parent = world.contexts.get(id)?.parent ?? null
    if (parent !== null && !over.has(parent)) heirs.add(parent)
    if (parent !== null) continue
    world.roots.delete(id)
    for (const child of remaining(world, [id], over)) {
      adopt(world, child, null)
      world.roots.add(child)
      areRootsNew = true
    }
  }
  // They come in the order of creation, which is that of their numbers.
  if (areRootsNew && world.counted) world.roots = new Set([...world.roots].sort((a, b) => a - b))
  for (const id of heirs) {
    const entry = world.contexts.edit(id)
    if (entry === undefined) continue
    const children = remaining(world, [...entry.children], over)
    if (world.counted) children.sort((a, b) => a - b)
    entry.children = Children.of(children)
    for (const child of entry.children) adopt(world, child, id)
  }
  for (const id of over) {
    world.contexts.delete(id)
    world.parents.delete(id)
  }
}

function adopt(world: World, child: ContextId, parent: ContextId | null): void {
  if (world.contexts.get(child)?.parent === parent) return
  const entry = world.contexts.edit(child)
  if (entry === undefined) return
  hang(world, entry, parent)
  // It was not copied from there.
  entry.copiedAfterEnd = false
}

/** Those of `contexts` that stay, and in the place of each other one what hangs below it. Chains may be of any length. */
function remaining(world: World, contexts: readonly ContextId[], over: ReadonlySet<ContextId>): ContextId[] {
  const stay: ContextId[] = []
  const waiting = contexts.toReversed()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (!over.has(id)) stay.push(id)
    // One by one: a call takes only so many arguments, and a context any number of children.
    else for (const child of [...(world.contexts.get(id)?.children ?? [])].reverse()) waiting.push(child)
  }
  return stay
}

/** A token that is used or lost undoes nothing any more; what it set may still stand, or come back by the reset of a later one. */
function forgetTokens(world: World, upTo: number, named: ReadonlySet<TokenId>): void {
  const comesBack = new Set<TokenId>()
  let isAnyOver = false
  for (const { state, before, context, closed } of world.tokens.values()) {
    if (state === 'open' && before?.token != null) comesBack.add(before.token)
    isAnyOver ||= (closed !== null && closed.seq <= upTo) || !world.contexts.has(context)
  }
  if (!isAnyOver) return
  let owner: ContextEntry | undefined
  world.tokens.keep(({ id, context, variable, closed }) => {
    if (named.has(id)) return true
    // Tokens of one context mostly stand together.
    if (owner?.id !== context) owner = world.contexts.get(context)
    if (owner === undefined) return false
    if (closed === null || closed.seq > upTo) return true
    return owner.holdings.get(variable)?.token === id || comesBack.has(id)
  })
}

/** Of what has settled, a context names its newest task. */
function forgetTasks(world: World): void {
  world.tasks.keep(({ id, context, settledAt }) => settledAt === null || world.contexts.get(context)?.task === id)
}

/** Of the writes to a context from before, the newest stay; of each variable it is remembered when the last other one was. */
function shorten(world: World, id: ContextId, newest: Change, upTo: number): void {
  const kept: Change[] = []
  let older = 0
  let change: Change | null = newest
  while (change !== null && (change.fact.seq > upTo || older < KEPT_CHANGES)) {
    if (change.fact.seq <= upTo) older++
    kept.push(change)
    change = change.previous
  }
  const entry = change === null ? undefined : world.contexts.edit(id)
  if (change === null || entry === undefined) return
  entry.unknownUntil = lastWrites(entry, change)
  // Other worlds have the changes too, and know all that came before.
  entry.changes = kept.length
  entry.lastChange = kept.reduceRight<Change | null>((previous, { fact, before }) => ({ fact, before, previous }), null)
  forgetMoments(entry)
}

function lastWrites({ unknownUntil }: ContextEntry, newest: Change): ReadonlyMap<VariableId, Seq> {
  const writes = new Map<VariableId, Seq>()
  for (let change: Change | null = newest; change !== null; change = change.previous) {
    if (!writes.has(change.fact.variable)) writes.set(change.fact.variable, change.fact.seq)
  }
  return new Map([...(unknownUntil ?? []), ...writes])
}
