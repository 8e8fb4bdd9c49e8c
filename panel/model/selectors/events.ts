// What happened in one context, as rows: its sets and resets, what was refused in it, for whom it waited, what failed,
// and what was seen to be lost.

import type {
  AwaitUntracked,
  ContextId,
  EntryUnfollowed,
  Fact,
  Millis,
  NotReduced,
  Seq,
  StackId,
  TokenError,
  VarReset,
  VarSet,
  WorkAwaited,
} from '../../../runtime/protocol'
import { holdingsAsOf } from '../history'
import type { Tally } from '../tally'
import type { ContextEntry, Failure, World } from '../world'
import { grouped } from './grouped'
import { contextPhrase, variableName } from './labels'

export interface ContextEvent {
  seq: Seq
  at: Millis
  label: string
  stack: StackId | null
}

export const MOST_EVENTS = 200

/** Newest last. */
export function contextEvents(world: World, entry: ContextEntry): ContextEvent[] {
  const events = [
    ...newestChanges(world, entry),
    ...newestOf(world.refusals, entry, (refusal) => refusalLabel(world, refusal)),
    ...newestOf(world.untracked, entry, (fact) => lossLabel(world, fact)),
    ...newestOf(entry.awaited, entry, (fact) => waitLabel(world, fact)),
    ...newestOf(world.unfollowed, entry, (fact) => entryLabel(world, fact)),
    ...newestOf([...world.notReduced.values()].map(tallied), entry, (fact) => notReducedLabel(world, fact)),
  ]
  for (const failure of entry.failures) {
    events.push({ seq: failure.seq, at: failure.at, label: failureLabel(world, entry, failure), stack: null })
  }
  return events.sort((a, b) => a.seq - b.seq).slice(-MOST_EVENTS)
}

/** What a failure is told with: it may be why. */
const NAMED = 3

/** `the task failed, with user = "ada" and 2 more`. */
function failureLabel(world: World, entry: ContextEntry, { unit, seq }: Failure): string {
  const held = [...holdingsAsOf(entry, seq).values()]
  const named = held.slice(0, NAMED).map(({ variable, value }) => `${variableName(world, variable)} = ${value.text}`)
  if (held.length > NAMED) named.push(`${grouped(held.length - NAMED)} more`)
  return `the ${unit} failed${named.length === 0 ? '' : `, with ${inWords(named)}`}`
}

function newestChanges(world: World, entry: ContextEntry): ContextEvent[] {
  const events: ContextEvent[] = []
  for (let change = entry.lastChange; change !== null && events.length < MOST_EVENTS; change = change.previous) {
    const { seq, at, stack } = change.fact
    events.push({ seq, at, label: changeLabel(world, change.fact), stack })
  }
  return events
}

/** `set user = "ada"`, `reset user: "ada" again`, `reset user: unset again`. */
function changeLabel(world: World, fact: VarSet | VarReset): string {
  const name = variableName(world, fact.variable)
  return fact.type === 'var-set'
    ? `set ${name} = ${fact.value.text}`
    : `reset ${name}: ${fact.value?.text ?? 'unset'} again`
}

interface FactOfContext {
  context: ContextId
  seq: Seq
  at: Millis
  stack: StackId | null
}

function newestOf<F extends FactOfContext>(
  facts: readonly F[],
  entry: ContextEntry,
  labelOf: (fact: F) => string,
): ContextEvent[] {
  const events: ContextEvent[] = []
  for (let index = facts.length - 1; index >= 0 && events.length < MOST_EVENTS; index--) {
    const fact = facts[index]
    if (fact === undefined || fact.context !== entry.id) continue
    events.push({ seq: fact.seq, at: fact.at, label: labelOf(fact), stack: fact.stack })
  }
  return events
}

/** What a fact says, for those that are about one moment in one context; null for others. */
export function momentLabel(world: World, fact: Fact): { context: ContextId; label: string } | null {
  switch (fact.type) {
    case 'var-set':
    case 'var-reset':
      return { context: fact.context, label: changeLabel(world, fact) }
    case 'token-error':
    case 'lookup-error':
    case 'reentry-error':
      return { context: fact.context, label: refusalLabel(world, fact) }
    case 'await-untracked':
      return { context: fact.context, label: lossLabel(world, fact) }
    case 'entry-unfollowed':
      return { context: fact.context, label: entryLabel(world, fact) }
    case 'work-awaited':
      return { context: fact.context, label: waitLabel(world, fact) }
    default:
      return null
  }
}

const waitLabel = (world: World, { work }: Pick<WorkAwaited, 'work'>): string =>
  `waited for ${contextPhrase(world, work)}`

export function lossLabel(world: World, { context, copied, cause, resumed }: AwaitUntracked): string {
  if (resumed === null) return `an await ${copied ? 'goes on in a copy' : 'was not followed'}: ${cause}`
  return `${contextPhrase(world, context)} went on in ${contextPhrase(world, resumed)}: ${cause}`
}

export function entryLabel(world: World, { stack }: EntryUnfollowed): string {
  const name = (stack === null ? undefined : world.stacks[stack]?.[0]?.name) ?? ''
  return `nothing that is followed started ${name === '' ? 'a function without a name' : name}`
}

/** Of what happened again and again in one line, the last time. */
const tallied = ({ newest }: Tally<NotReduced>): NotReduced => newest

/** `left out of the data: user and 2 more`. */
export const notReducedLabel = (world: World, fact: NotReduced): string =>
  `${NOT_REDUCED[fact.why]}: ${namesOf(world, fact)}`

/** `user`, `user and lang`, `user, lang and 3 more`. */
export function namesOf(world: World, { variables, more }: NotReduced): string {
  const names = variables.map((variable) => variableName(world, variable))
  if (more > 0) names.push(`${grouped(more)} more`)
  return inWords(names)
}

/** `a`, `a and b`, `a, b and c`. */
function inWords(names: string[]): string {
  const last = names.pop() ?? 'nothing'
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`
}

const NOT_REDUCED: Record<NotReduced['why'], string> = {
  unregistered: 'left out of the data',
  duplicate: 'left out of the data for another of its name',
  unresolved: 'in the data under a name that its module does not have',
  refused: 'cannot be data',
}

export function refusalLabel(world: World, refusal: World['refusals'][number]): string {
  switch (refusal.type) {
    case 'token-error':
      return `reset ${variableName(world, refusal.variable)} refused: ${REASON[refusal.code]}`
    case 'lookup-error':
      return `get ${variableName(world, refusal.variable)} failed: no value`
    case 'reentry-error':
      return 'run refused: already entered'
  }
}

const REASON: Record<TokenError['code'], string> = {
  used: 'the token was used before',
  'other-variable': 'the token is another variable’s',
  'other-context': 'the token is another context’s',
  'not-a-token': 'not a token',
}
