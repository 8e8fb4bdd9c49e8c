// The questions of the rules, asked of all that a world has, as plainly as they can be: one pass after the other. The rules keep what
// they found out and look only at what changed; they must come to the same.

import { followsGap } from '../../../panel/model/census'
import { ancestors } from '../../../panel/model/entries'
import type { Absence } from '../../../panel/model/rules/absence'
import type { Keepers } from '../../../panel/model/rules/forgotten-sets'
import { isOneWork } from '../../../panel/model/rules/one-work'
import { lineOf } from '../../../panel/model/rules/source-line'
import { isNobodysUnit, standsAt, strayedFrom, unfollowedCode } from '../../../panel/model/rules/strayed-code'
import { isJudgedByReturn } from '../../../panel/model/selectors/standing'
import type { ContextEntry, TokenEntry, World } from '../../../panel/model/world'
import { type ContextId, type LookupFailed, NOT_TAKEN, type StackId } from '../../../runtime/protocol'

/** A line of code, its oldest case and its newest, and how many there are. */
export type Line = [key: string, oldest: unknown, newest: unknown, count: number]

/** In the order in which the lines begin. */
function byLine<Case>(cases: Iterable<Case>, keyOf: (one: Case) => string): Line[] {
  const lines = new Map<string, Line>()
  for (const one of cases) {
    const key = keyOf(one)
    const [, oldest, , count] = lines.get(key) ?? [key, one, one, 0]
    lines.set(key, [key, oldest, one, count + 1])
  }
  return [...lines.values()]
}

function nameOf(world: World, about: number, stack: StackId | null): string {
  const somewhere = stack === null || stack === NOT_TAKEN ? 'somewhere' : `stack ${stack}`
  return `${about} ${lineOf(world, stack) ?? somewhere}`
}

export const refusalsByLine = (world: World, is: (refusal: World['refusals'][number]) => boolean): Line[] =>
  byLine(world.refusals.filter(is), (refusal) =>
    nameOf(world, 'variable' in refusal ? refusal.variable : 0, refusal.stack),
  )

export const madeInFunctionsByLine = (world: World): Line[] =>
  byLine(
    [...world.variables.values()].filter(({ stack }) => {
      const frame = stack === null ? undefined : world.stacks[stack]?.[0]
      return frame !== undefined && frame.name !== ''
    }),
    ({ name, stack }) => `${nameOf(world, 0, stack)} ${name}`,
  )

export function forgottenByLine(world: World): Line[] {
  const cases = [...world.tokens.values()].flatMap((token) => {
    const state = forgottenState(world, token)
    return state === null ? [] : { token: token.id, state }
  })
  return byLine(cases, ({ token, state }) => {
    const { variable, stack } = world.tokens.get(token) as TokenEntry
    return `${state === 'dies-with-unit' || state === 'found-by-run' ? 'harmless ' : ''}${nameOf(world, variable, stack)}`
  })
}

const PLAIN = ['undefined', 'null', 'boolean', 'number', 'bigint', 'string']

function forgottenState(world: World, token: TokenEntry): string | null {
  const { value, original, variable, context, readBy } = token
  const unsettled = followsGap(world) ? (world.missing.at(-1)?.to ?? 0) : 0
  const owner = world.contexts.get(context)
  if (token.state === 'used' || token.made <= unsettled || owner === undefined || owner.state === 'collected')
    return null
  if (owner.holdings.get(variable)?.token !== token.id) return null
  const isPlain = PLAIN.includes(value.kind) && value.more === undefined && !value.text.includes('[')
  if (isPlain && value.kind === original?.kind && value.text === original.text) return null
  if (owner.kind === 'base' && readBy !== null) {
    const isOthers = readBy.lines.some(({ made }) => isOneWork(world, token.stack, made) !== true)
    if (token.state === 'lost' || isOthers) return 'inherited-from-base'
  }
  const { ended } = owner
  const after = heirsAmong(world, token, owner.children.newest(100)).filter(
    (heir) => heir.copiedAfterEnd && ended !== null && heir.asOf >= ended.seq,
  )
  if (after.length > 0) return 'inherited-after-end'
  if (owner.kind === 'base' && token.state === 'lost') return 'lost'
  const isRefused = world.refusals.some((refusal) => refusal.type === 'token-error' && refusal.token === token.id)
  if (isRefused) return null
  if (token.foundByRun !== null) return 'found-by-run'
  const isDone = owner.state === 'ended' && !isJudgedByReturn(owner)
  return isDone || token.state === 'lost' ? 'dies-with-unit' : null
}

function heirsAmong(world: World, token: TokenEntry, children: readonly ContextId[]): ContextEntry[] {
  return children.flatMap((child) => {
    const heir = world.contexts.get(child)
    if (heir === undefined || heir.inherited.get(token.variable)?.token !== token.id) return []
    const isIdle = heir.holdings === heir.inherited && heir.reads.size === 0 && heir.children.length === 0
    return heir.kind === 'callback' && isIdle ? [] : heir
  })
}

export function keepersOf(world: World, token: TokenEntry): Keepers {
  const owner = world.contexts.get(token.context)
  const heirs = heirsAmong(world, token, [...(owner?.children ?? [])])
  if (heirs.length === 0) return 'nobody'
  const end = owner?.kind === 'callback' ? null : (owner?.ended?.seq ?? null)
  return end !== null && heirs.every(({ asOf }) => asOf < end) ? 'copied-meanwhile' : 'copied'
}

/** Why a context had no value, found among all sets of the variable, oldest first. */
export function absenceAmongAll(world: World, lookup: LookupFailed): Absence {
  const { context, seq, variable } = lookup
  const sets = [...world.tokens.values()].filter((set) => set.variable === variable)
  const before = sets.filter(({ made }) => made < seq)
  const own = before.findLast((set) => set.context === context)
  if (own !== undefined) return { why: 'reset', set: own }
  const line = [...ancestors(world, context)]
  const above = before.findLast((set) => line.some(({ id }) => id === set.context))
  if (above !== undefined) {
    const below = line[line.findIndex(({ id }) => id === above.context) - 1] ?? world.contexts.get(context)
    return { why: above.made > (below?.asOf ?? 0) ? 'set-after-copy' : 'reset-before-copy', set: above }
  }
  const after = sets.find(
    (set) => set.made > seq && (set.context === context || line.some(({ id }) => id === set.context)),
  )
  const later: Absence | null = after === undefined ? null : { why: 'set-later', set: after }
  if (before.length === 0) return later ?? { why: 'never-set' }
  const root = line.at(-1) ?? world.contexts.get(context)
  if (root?.parent === null && (root.kind === 'new' || (root.kind === 'task' && root.api === 'spawn'))) {
    return later ?? { why: 'started-empty', root }
  }
  const lost = lostAwait(world, lookup, before) ?? taskFromElsewhere(world, lookup, before)
  if (lost !== null) return lost
  const nearest = nearestSet(world, lookup, before)
  const code = unfollowedCode(world, lookup)
  if (code !== null) return { why: 'started-unfollowed', set: nearest.set, code, strayed: nearest.strayed }
  return (nearest.why === 'set-elsewhere' && nearest.strayed === null ? later : null) ?? nearest
}

const isWithin = (world: World, context: ContextId, above: ContextId): boolean =>
  context === above || [...ancestors(world, context)].some(({ id }) => id === above)

function lostAwait(world: World, lookup: LookupFailed, before: readonly TokenEntry[]): Absence | null {
  if (!isNobodysUnit(world, lookup)) return null
  const standing = before.filter((set) => standsAt(set, lookup.seq))
  for (const loss of world.untracked.slice(-100).reverse()) {
    if (loss.seq > lookup.seq || loss.copied || loss.resumed !== null) continue
    const set = standing.findLast(({ made, context }) => made < loss.seq && isWithin(world, loss.context, context))
    const cause = `an await was not followed (${loss.cause})`
    if (set !== undefined) return { why: 'await-not-followed', set, cause, installed: true }
  }
  const set = standing.at(-1) ?? before.at(-1)
  if (set === undefined || lookup.context !== world.base || world.runtime === null || world.missing.length > 0)
    return null
  const { propagation } = world
  if (propagation?.nativeAwait === true) return null
  if (propagation === null) {
    return { why: 'await-not-followed', set, cause: 'nothing is installed that follows await', installed: false }
  }
  const limits = propagation.limits.join('; ')
  const cause = `native await is not followed here${limits === '' ? '' : ` (${limits})`}`
  return { why: 'await-not-followed', set, cause, installed: true }
}

function taskFromElsewhere(
  world: World,
  { context, seq }: LookupFailed,
  before: readonly TokenEntry[],
): Absence | null {
  for (const loss of world.untracked.slice(-100).reverse()) {
    if (loss.resumed !== context || loss.copied || loss.seq < seq) continue
    const set = before.findLast((one) => standsAt(one, seq) && isWithin(world, loss.context, one.context))
    if (set !== undefined) return { why: 'task-went-on-here', set, loss }
  }
  return null
}

function nearestSet(world: World, lookup: LookupFailed, before: readonly TokenEntry[]) {
  const near = before.slice(-100).map((set) => {
    const below = set.context !== lookup.context && isWithin(world, set.context, lookup.context)
    return { set, below, strayed: strayedFrom(world, lookup, set) }
  })
  const nearest =
    near.findLast(({ strayed }) => strayed?.sharedFunction != null) ??
    near.findLast(({ below, strayed }) => below && strayed !== null) ??
    near.findLast(({ set, below }) => below && world.contexts.get(set.context)?.parent === lookup.context) ??
    near.findLast(({ below }) => below) ??
    near.findLast(({ strayed }) => strayed !== null) ??
    near.findLast(({ set }) => standsAt(set, lookup.seq)) ??
    near.at(-1)
  if (nearest === undefined) throw new Error('nothing was set before')
  const { set, below, strayed } = nearest
  return { why: below ? ('set-below' as const) : ('set-elsewhere' as const), set, strayed }
}
