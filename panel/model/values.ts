// Sets and resets: what a context holds, which token can undo it, and who made the value that a reset brings back.

import {
  type Preview,
  type TokenCollected,
  type TokenError,
  type TokenId,
  VARIABLE_RUN,
  type VariableId,
  type VarRead,
  type VarReset,
  type VarSet,
} from '../../runtime/protocol'
import { carriedOver } from './carried-over'
import { beginsWithValues, contextOf, noteRead, noteResumed, noteSetBelow, variableOf } from './entries'
import { noteHeard } from './heard-elsewhere'
import { forgetMoments } from './history'
import { leftInCopy } from './left-behind'
import { noteOutlivedIn, noteOutlivedRead } from './outlived-value'
import { isSameValue } from './same-value'
import { noteRefused } from './swallowed'
import { count, oneMore } from './tally'
import { touchEverything, touchOrigin, touchToken } from './touched'
import type { ContextEntry, Holding, MadeAndRead, TokenEntry, VariableEntry, World } from './world'

export function applySet(world: World, fact: VarSet): void {
  const { seq, at, variable, token, value, stack } = fact
  const entry = variableOf(world, variable, fact)
  const context = contextOf(world, fact.context, fact)
  noteResumed(context, fact)
  const before = context.holdings.get(variable) ?? null
  const after: Holding = { variable, value, token, setIn: context.id, seq, at, stack }
  noteSetBelow(world, context, variable)
  const carried = carriedOver(world, context, fact, before)
  if (carried !== null) count(world.carriedOver, `${variable} ${stack}`, carried)
  if (isBeginning(context)) {
    if (context.api === VARIABLE_RUN) context.given = after.value
    entry.isGiven = true
    write(world, context, fact, before, { ...after, token: null })
    return
  }
  // Who sets it there does not wait for what its maker sets.
  forgetMissed(context, variable)
  noteSet(world, entry, fact, before)
  const known = world.tokens.size
  world.tokens.set(token, {
    id: token,
    variable,
    context: context.id,
    state: 'open',
    value,
    before,
    original: originalOf(world, context, variable, before),
    made: seq,
    madeAt: at,
    stack,
    readBy: null,
    foundByRun: null,
    closed: null,
  })
  // A token is made once. Where a liar makes it again, what was true of the first holds no more, here and elsewhere.
  if (world.tokens.size === known) touchEverything(world)
  context.open++
  write(world, context, fact, before, after)
}

function forgetMissed(context: ContextEntry, variable: VariableId): void {
  if (context.missed?.has(variable) !== true) return
  const rest = new Map(context.missed)
  rest.delete(variable)
  context.missed = rest
}

function noteSet(world: World, variable: VariableEntry, fact: VarSet, before: Holding | null): void {
  variable.sets = oneMore(variable.sets, fact)
  if (before === null || !isSameValue(before.value, fact.value)) return
  // It may have been another value meanwhile.
  const lost = world.missing.at(-1)?.to ?? 0
  if (lost <= Math.max(before.seq, world.census)) variable.sames = oneMore(variable.sames, fact)
}

function noteLookup(variable: VariableEntry, fact: VarRead): void {
  if (fact.from === 'own' || fact.from === 'inherited') variable.isRead = true
  else if (fact.from === 'default') variable.defaults = oneMore(variable.defaults, fact)
}

/** Nothing has run there yet: what it is given is how it begins, and nobody has a token of that. */
const isBeginning = (context: ContextEntry): boolean =>
  beginsWithValues(context) && !context.listed && context.entered === null && context.firstTask === null

function originalOf(world: World, { id }: ContextEntry, variable: VariableId, before: Holding | null): Preview | null {
  if (before === null) return world.variables.get(variable)?.default ?? null
  if (before.setIn !== id) return before.setIn === null ? null : before.value
  return before.token === null ? null : (world.tokens.get(before.token)?.original ?? null)
}

export function applyReset(world: World, fact: VarReset): void {
  const { seq, at, variable, stack } = fact
  variableOf(world, variable, fact)
  const context = contextOf(world, fact.context, fact)
  noteResumed(context, fact)
  const token = world.tokens.edit(fact.token)
  const before = context.holdings.get(variable) ?? null
  const after = fact.value === null ? null : restored(fact.value, token, fact)
  const revived = token?.before?.token ?? null
  if (revived !== null && isUndone(world.tokens.get(revived), fact)) {
    count(world.outOfOrder, `${variable} ${stack}`, { reset: fact, revived })
  }
  if (token !== undefined) {
    close(world, token, 'used', { seq, at, stack })
    noteOutlivedIn(world, context, variable)
  }
  write(world, context, fact, before, after)
}

/** Whether the set that made it was reset before, there: what a copy inherited from a set is its own to keep. */
const isUndone = (token: TokenEntry | undefined, { context }: VarReset): boolean =>
  token?.state === 'used' && token.context === context

/** The value is the page's word; who made it is known from the time when the token was made. */
function restored(value: Preview, token: TokenEntry | undefined, fact: VarReset): Holding {
  const before = token?.before ?? null
  if (before === null) {
    return { variable: fact.variable, value, token: null, setIn: null, seq: fact.seq, at: fact.at, stack: null }
  }
  return before.value.text === value.text ? before : { ...before, value }
}

function write(
  world: World,
  context: ContextEntry,
  fact: VarSet | VarReset,
  before: Holding | null,
  after: Holding | null,
): void {
  replace(world, context, fact.variable, before, after)
  context.lastChange = { fact, before, previous: context.lastChange }
  context.changes++
}

function replace(
  world: World,
  context: ContextEntry,
  variable: VariableId,
  before: Holding | null,
  after: Holding | null,
): void {
  if (context.holdings === context.inherited) {
    context.holdings = context.inherited.fork()
    touchOrigin(world, context)
  }
  touchToken(world, before?.token)
  touchToken(world, after?.token)
  if (before !== null && !isInherited(context, before)) context.own--
  if (after === null) context.holdings.delete(variable)
  else context.holdings.set(variable, after)
  if (after !== null && !isInherited(context, after)) context.own++
}

export function close(
  world: World,
  token: TokenEntry,
  state: 'used' | 'lost',
  closed: NonNullable<TokenEntry['closed']>,
): void {
  if (token.state === 'open') {
    const maker = world.contexts.edit(token.context)
    if (maker !== undefined) maker.open--
  }
  token.state = state
  token.closed = closed
  touchToken(world, token.id)
}

export function applyTokenCollected(world: World, fact: TokenCollected): void {
  const token = world.tokens.edit(fact.token)
  if (token?.state === 'open') close(world, token, 'lost', { seq: fact.seq, at: fact.at, stack: null })
}

export function applyTokenError(world: World, fact: TokenError): void {
  contextOf(world, fact.context, fact)
  variableOf(world, fact.variable, fact)
  world.refusals.push(fact)
  noteRefused(world, fact)
  touchToken(world, fact.token)
  if (fact.code !== 'used' || fact.token === null) return
  // The page says that it was used; if we never heard of that reset, it fell into a gap.
  const token = world.tokens.edit(fact.token)
  if (token?.state === 'open') close(world, token, 'used', { seq: fact.seq, at: fact.at, stack: fact.usedStack })
}

export function applyRead(world: World, fact: VarRead): void {
  noteLookup(variableOf(world, fact.variable, fact), fact)
  const context = contextOf(world, fact.context, fact)
  noteResumed(context, fact)
  if (context.reads.size === 0) touchOrigin(world, context)
  noteRead(context, fact)
  const missed = fact.from === 'default' ? context.missed?.get(fact.variable) : undefined
  if (missed !== undefined) {
    count(world.tooLate, `${missed.variable} ${missed.stack}`, { read: fact, set: missed })
    forgetMissed(context, fact.variable)
  }
  noteHeard(world, context, fact)
  const left = fact.from === 'default' ? leftInCopy(world, context, fact) : null
  if (left !== null) count(world.leftInCopy, `${fact.variable} ${world.tokens.get(left.token)?.stack}`, left)
  const holding = context.holdings.get(fact.variable)
  if (holding === undefined) return
  if (fact.from !== 'own' && fact.from !== 'inherited') {
    // The page found nothing: what we believe to be here was copied at a moment that fell into a gap, or taken away in one.
    replace(world, context, fact.variable, holding, null)
    forgetMoments(context)
    return
  }
  if (holding.token === null) return
  if (!isInherited(context, holding)) {
    noteFound(world, context, holding.token, fact)
    return
  }
  const token = world.tokens.edit(holding.token)
  if (token === undefined) return
  touchToken(world, token.id)
  noteOutlivedRead(world, context, token, fact)
  const { first = fact, count: before = 0, lines = [] } = token.readBy ?? {}
  token.readBy = { first, count: before + 1, lines: withLine(lines, madeAndRead(world, token, context, fact)) }
}

/** Whose code reads a value, the first lines tell and the newest. */
const FIRST_LINES = 8
const MOST_LINES = 16

function withLine(lines: readonly MadeAndRead[], line: MadeAndRead): readonly MadeAndRead[] {
  if (lines.some(({ made }) => made === line.made)) return lines
  return lines.length < MOST_LINES ? [...lines, line] : [...lines.toSpliced(FIRST_LINES, 1), line]
}

/** So far above the one that reads: each read climbs. */
const FARTHEST = 20

/** By what made the context that is above this one, or is it, and below the one that had set the value. */
function madeAndRead(world: World, { context: owner }: TokenEntry, context: ContextEntry, read: VarRead): MadeAndRead {
  let below: ContextEntry | undefined = context
  for (let steps = 0; steps < FARTHEST && below?.parent != null && below.parent !== owner; steps++)
    below = world.contexts.get(below.parent)
  return { made: below?.parent === owner ? below.stack : null, read }
}

/** Who runs a context again finds there what the run before has left. */
function noteFound(world: World, { runs, entered }: ContextEntry, id: TokenId, read: VarRead): void {
  const token = world.tokens.get(id)
  if (runs === 0 || entered === null || token === undefined || token.foundByRun !== null || token.made > entered) return
  Object.assign(world.tokens.edit(id) ?? {}, { foundByRun: { read, run: entered } })
  touchToken(world, id)
}

/** Whether a value is there because the parent held it. One that a reset brought back is inherited again. */
export function isInherited(context: ContextEntry, holding: Holding): boolean {
  if (holding.setIn !== null) return holding.setIn !== context.id
  return context.inherited.get(holding.variable)?.seq === holding.seq
}
