// A census says what lives now. It follows a gap and a late attachment, and corrects what the world took to be true before.
// One that lists the base context, which always lives, is of everything; one that does not tells of single contexts only, which
// the recorder met late.

import type { Census, CensusContext, CensusEntry } from '../../runtime/protocol'
import { attach, beginsWithValues, contextOf, noteSetBelow, variableOf } from './entries'
import { forgetMoments } from './history'
import { Ledger } from './ledger'
import { MOST_UNLISTED } from './limits'
import { mayBeSame } from './same-value'
import { touchEverything } from './touched'
import { close, isInherited } from './values'
import type { ContextEntry, Holding, World } from './world'

export function applyCensus(world: World, fact: Census): void {
  touchEverything(world)
  const ofEverything = fact.contexts.some(({ kind, context }) => kind === 'base' || context === world.base)
  const settles = ofEverything && followsGap(world)
  for (const { variable, name, default: value, stack } of fact.variables) {
    Object.assign(variableOf(world, variable, fact), { name, default: value, stack })
  }
  // What is listed twice is listed by a liar, and counts once.
  const contexts = [...new Map(fact.contexts.map((listed) => [listed.context, listed])).values()]
  for (const listed of contexts) describe(world, listed, settles, fact)
  let unlisted = 0
  // Parents before their children, so that a child's value can be known for the one that its parent holds.
  for (const listed of parentsFirst(contexts)) {
    const held = world.contexts.get(listed.context)?.holdings.size ?? 0
    unlisted += Math.max(0, held - listed.entries.length)
    correctHoldings(world, listed, fact, unlisted > MOST_UNLISTED)
  }
  if (settles) letGo(world, fact)
  if (ofEverything) world.census = fact.seq
}

/** Whether facts were lost since the last census of everything. */
export function followsGap(world: World): boolean {
  const last = world.missing.at(-1)
  return last !== undefined && last.to > world.census
}

function describe(world: World, listed: CensusContext, settles: boolean, fact: Census): void {
  const entry = contextOf(world, listed.context, fact)
  entry.listed = true
  entry.kind = listed.kind
  entry.name = listed.name
  entry.api = listed.api
  entry.stack = listed.stack ?? entry.stack
  attach(world, entry, listed.parent, fact)
  // Runs that ended within a gap would keep it alive for ever; one that did not ends it a little early, at worst.
  if (settles) entry.runs = 0
  if (entry.kind === 'base') {
    world.base ??= entry.id
  } else if (listed.ended) {
    if (entry.state !== 'ended') entry.ended = { seq: fact.seq, at: fact.at }
    entry.state = 'ended'
    entry.tasks = 0
  } else if (entry.state === 'collected') {
    // It is listed, so it lives. One that we saw end is left so: a recorder does not say of a copy whether its runs are over.
    entry.state = 'alive'
    entry.ended = null
  }
}

/** By depth within the list: a chain of any length, or a circle that a lying page made up, costs one visit each. */
function parentsFirst(contexts: readonly CensusContext[]): CensusContext[] {
  const byId = new Map(contexts.map((listed) => [listed.context, listed]))
  const ordered = new Set<CensusContext>()
  for (const start of contexts) {
    const chain: CensusContext[] = []
    const onChain = new Set<CensusContext>()
    let next: CensusContext | undefined = start
    while (next !== undefined && !ordered.has(next) && !onChain.has(next)) {
      chain.push(next)
      onChain.add(next)
      next = next.parent === null ? undefined : byId.get(next.parent)
    }
    for (const listed of chain.reverse()) ordered.add(listed)
  }
  return [...ordered]
}

/** `briefly`: what is held and not listed goes without a look at whose it was. */
function correctHoldings(world: World, listed: CensusContext, fact: Census, briefly: boolean): void {
  const entry = contextOf(world, listed.context, fact)
  forgetMoments(entry)
  if (briefly) entry.holdings = new Ledger()
  const isNew = entry.created === fact.seq
  const parent = entry.parent === null ? undefined : world.contexts.get(entry.parent)
  if (entry.holdings === entry.inherited) entry.holdings = entry.inherited.fork()

  const listedVariables = new Set(listed.entries.map((held) => held.variable))
  for (const holding of [...entry.holdings.values()]) {
    if (listedVariables.has(holding.variable)) continue
    entry.holdings.delete(holding.variable)
    // Only a reset takes a value away, so the reset fell into the gap.
    const token = holding.token === null ? undefined : world.tokens.edit(holding.token)
    if (token?.state === 'open' && token.context === entry.id) {
      close(world, token, 'used', { seq: fact.seq, at: fact.at, stack: null })
    }
  }
  for (const held of listed.entries) {
    variableOf(world, held.variable, fact)
    if (held.token !== null) noteSetBelow(world, entry, held.variable)
    const known = entry.holdings.get(held.variable)
    if (known === undefined || !agrees(entry, known, held)) {
      entry.holdings.set(held.variable, holdingOf(world, entry, parent, held, fact))
    }
  }
  if (isNew) learnInherited(entry, listed)
  entry.own = 0
  for (const holding of entry.holdings.values()) if (!isInherited(entry, holding)) entry.own++
}

/** Of a context that is new to us, what was not set in it is what it started with. */
function learnInherited(entry: ContextEntry, listed: CensusContext): void {
  entry.inherited = entry.holdings.fork()
  for (const held of listed.entries) if (held.token !== null) entry.inherited.delete(held.variable)
}

/** What we know is more than a census tells (when, where, by whom), so it stays as long as nothing contradicts it. */
function agrees(entry: ContextEntry, known: Holding, held: CensusEntry): boolean {
  if (!mayBeSame(known.value, held.value)) return false
  if (held.token === null) return known.setIn !== entry.id
  return known.token === held.token || (known.token === null && known.setIn === entry.id)
}

function holdingOf(
  world: World,
  entry: ContextEntry,
  parent: ContextEntry | undefined,
  held: CensusEntry,
  fact: Census,
): Holding {
  const { variable, value, stack } = held
  if (held.token === null) {
    const given = entry.inherited.get(variable) ?? parent?.holdings.get(variable)
    if (given?.value.text === value.text) return given
    return { variable, value, token: null, setIn: null, seq: fact.seq, at: fact.at, stack }
  }
  const known = world.tokens.get(held.token)
  if (known !== undefined) {
    return {
      variable,
      value,
      token: known.id,
      setIn: known.context,
      seq: known.made,
      at: known.madeAt,
      stack: known.stack,
    }
  }
  // It may be what it began with, which nobody can undo.
  if (beginsWithValues(entry))
    return { variable, value, token: null, setIn: entry.id, seq: fact.seq, at: fact.at, stack }
  world.tokens.set(held.token, {
    id: held.token,
    variable,
    context: entry.id,
    state: 'open',
    value,
    before: null,
    made: fact.seq,
    madeAt: fact.at,
    stack,
    original: null,
    readBy: null,
    foundByRun: null,
    closed: null,
  })
  entry.open++
  return { variable, value, token: held.token, setIn: entry.id, seq: fact.seq, at: fact.at, stack }
}

/**
 * The recorder lists every context that it can still reach. After a gap, one that it does not list was collected meanwhile, and
 * the fact that said so was lost. Without a gap nothing was lost: collections are told one by one, and what is not listed stays.
 */
function letGo(world: World, fact: Census): void {
  const listed = new Set(fact.contexts.map((context) => context.context))
  for (const { id, state, created } of [...world.contexts.values()]) {
    if (state === 'collected' || created === fact.seq || id === world.base || listed.has(id)) continue
    const entry = contextOf(world, id, fact)
    entry.state = 'collected'
    entry.ended ??= { seq: fact.seq, at: fact.at, unseen: true }
  }
}
