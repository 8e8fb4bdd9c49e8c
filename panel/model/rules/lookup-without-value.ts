// `get()` without a value and without a default throws. Nearly always the value exists, in another context or at another time: the
// finding says where, and why this context does not have it.

import type { LookupFailed, VariableId } from '../../../runtime/protocol'
import type { Effort } from '../effort'
import { ancestors } from '../entries'
import type { Evidence, Rule } from '../finding'
import { change, type LineChange } from '../fix'
import { lossLabel } from '../selectors/events'
import { contextPhrase, contextPhrases, contextSubject, variableName } from '../selectors/labels'
import type { ContextEntry, TokenEntry, World } from '../world'
import { type Absence, absenceOf, type Elsewhere, waitedFor } from './absence'
import { othersTurn } from './others-turn'
import { failedLookups } from './refusals'
import { type Sets, soughtSets } from './sought-sets'
import { type Group, times } from './source-line'
import { howItStarted, howToFollow, unfollowedEvidence } from './strayed-code'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'

export const lookupWithoutValue: Rule = {
  id: 'lookup-without-value',
  title: 'Lookup without a value',
  why: 'A lookup finds what was set in this context, or in the one it was copied from before it was copied. Where there is neither a value nor a default, it throws a LookupError.',
  judge(world) {
    const groups = failedLookups(world)
    const setsOf = soughtSets(world, new Set(groups.map(({ newest }) => newest.variable)))
    return conclude(
      world,
      groups,
      (group, effort) => finding(world, group, setsOf, effort),
      ({ at }) => at,
      'a failed lookup',
    )
  },
}

function finding(
  world: World,
  { key, newest: lookup, count }: Group<LookupFailed>,
  setsOf: (variable: VariableId) => Sets,
  effort: Effort,
): Found {
  const name = variableName(world, lookup.variable)
  const sets = setsOf(lookup.variable)
  const absence = absenceOf(world, lookup, sets, effort)
  const other = othersTurn(world, lookup, absence, sets, effort)
  const isHeard = isMessage(world, lookup, effort)
  return {
    id: `lookup-without-value ${key}`,
    rule: 'lookup-without-value',
    severity: 'error',
    title: `Lookup without a value: ${name}${times(count)}`,
    what: `${what(world, name, lookup, absence)}${other === null ? '' : ` ${mayBeOthers(world, absence, other)}`}`,
    advice: `${other === null ? '' : `If the code belongs to ${contextPhrase(world, other.context)}, hand it to what both share as \`wrap(fn)\`, which keeps the context. Otherwise: `}${advice(name, absence, isHeard)}${mayBeHeard(world, lookup, absence, isHeard) ? ` ${OF_MESSAGES}` : ''}`,
    fix: fix(world, name, lookup, absence, isHeard, effort),
    stack: lookup.stack,
    context: lookup.context,
    variable: lookup.variable,
    token: null,
    evidence: [...evidence(world, name, lookup, absence, effort), ...madeEvidence(world, other ?? undefined)],
    crossing: null,
  }
}

function what(world: World, name: string, lookup: LookupFailed, absence: Absence): string {
  const asked = `${contextSubject(world, lookup.context)} asked for ${name}, which has no default`
  const had = hadNoSet(world, lookup)
  switch (absence.why) {
    case 'never-set':
      return isKnownSince(world, lookup) ? `${asked}, and nothing had set it.` : `${asked}, and no set of it is known.`
    case 'set-later':
      return `${asked}. ${had}. ${contextSubject(world, absence.set.context)} set it only afterwards.`
    case 'reset':
      return `${asked}. It had been set in ${contextPhrase(world, absence.set.context)}, and was reset before the lookup.`
    case 'reset-before-copy':
      return `${asked}. It had been set in ${contextPhrase(world, absence.set.context)}, and was reset before this context was copied.`
    case 'set-after-copy':
      return `${asked}. ${contextSubject(world, absence.set.context)} set it after this context had been copied from there: a copy keeps the values of its moment.`
    case 'await-not-followed':
      return `${asked}. ${contextSubject(world, absence.set.context)} had set it, but ${absence.cause}, so code after an await no longer runs in the context that it began in.`
    case 'task-went-on-here': {
      const unit = contextPhrase(world, absence.loss.context)
      return `${asked}. ${had}. Elsewhere it had been set, in ${contextPhrase(world, absence.set.context)}; and ${unit} came to its end in this context (${absence.loss.cause}). If this code belongs to ${unit}, its context was lost there.`
    }
    case 'started-unfollowed':
      return `${asked}. ${had}. ${howStarted(world, absence)}`
    case 'started-empty': {
      const from = absence.root.id === lookup.context ? '' : `, of which this is a copy`
      return `${asked}. ${had}: ${emptyStart(absence.root)} starts with an empty context${from}.`
    }
    case 'set-below':
    case 'set-elsewhere':
      return `${asked}. ${had}. ${whatElsewhere(world, lookup, absence)}`
  }
}

function mayBeOthers(world: World, absence: Absence, other: TokenEntry): string {
  const [work, theirs] = contextPhrases(world, 'set' in absence ? absence.set.context : null, other.context)
  return `By then ${work} had ended, and ${theirs} had set it at the same line, where it stands: if the code belongs there, something that both share, such as a queue, called it in the context of ${work}.`
}

type Unfollowed = Extract<Absence, { why: 'started-unfollowed' }>

/** That nothing followed started the code is certain; whose it is, is not. */
function howStarted(world: World, absence: Unfollowed): string {
  const unit = contextPhrase(world, absence.set.context)
  const shared = absence.strayed?.sharedFunction ?? null
  const where = `Elsewhere it had been set, in ${unit}${shared === null ? '' : `, by the same function, ${shared}`}`
  return `${howItStarted(absence.code)} ${where}: if the code belongs there, its context was lost on this way.`
}

/** A set elsewhere is a hint, and what it may mean are possibilities. */
function whatElsewhere(world: World, lookup: LookupFailed, { why, set, strayed }: Elsewhere): string {
  const unit = contextPhrase(world, set.context)
  const rule =
    why === 'set-below'
      ? 'what a copy sets never reaches the context that it came from'
      : 'contexts see only what was set in those that they were copied from'
  const waited = waitedFor(world, lookup, set) === null ? '' : ' and waited for'
  const where = `Elsewhere it had been set, in ${unit}${why === 'set-below' ? `, a copy made from here${waited}` : ''}`
  if (strayed === null) return `${where}: ${rule}.`
  const lost = `this code belongs to ${unit} and its context was lost on the way, at an \`await\` of several plain values in a row or in a callback that is not followed`
  return strayed.sharedFunction === null
    ? `${where}, which had not ended. Either the value is expected out here: ${rule}. Or ${lost}.`
    : `${where}, by the same function, ${strayed.sharedFunction}. Most likely ${lost}. Or else the value is expected out here: ${rule}.`
}

/** What is certain, whatever else happened on the page. */
function hadNoSet(world: World, lookup: LookupFailed): string {
  const copied = (world.contexts.get(lookup.context)?.parent ?? null) !== null
  return isKnownSince(world, lookup)
    ? `It had never been set in this context${copied ? ', nor in any that it was copied from' : ''}`
    : `No set of it in this context${copied ? ', nor in any that it was copied from,' : ''} is known`
}

/** Whether all that happened before the lookup was recorded. */
function isKnownSince(world: World, { seq }: LookupFailed): boolean {
  return world.runtime?.late === false && (world.missing[0]?.from ?? seq) >= seq
}

const emptyStart = ({ kind }: ContextEntry): string => (kind === 'new' ? '`new Context()`' : 'spawn')

/** Whether the code is, or comes from, what listens to messages: the sender may be another thread, with contexts of its own. */
function isMessage(world: World, { context }: LookupFailed, effort: Effort): boolean {
  if (world.contexts.get(context)?.api === MESSAGE) return true
  for (const { api } of ancestors(world, context, effort)) if (api === MESSAGE) return true
  return false
}

const MESSAGE = 'message'

/** Where nothing follows events, whatever listens runs in the base context: in a worker, that is mostly what listens to messages. */
function mayBeHeard(world: World, { context }: LookupFailed, { why }: Absence, isHeard: boolean): boolean {
  const isElsewhere = why === 'never-set' || why === 'set-elsewhere'
  return isElsewhere && !isHeard && context === world.base && world.runtime !== null && world.propagation === null
}

const OF_MESSAGES =
  'If a message started this code, that brings no values along, unless both sides post and listen through `carryContext` of contextvars-devtools/worker.'

function advice(name: string, absence: Absence, isHeard: boolean): string {
  switch (absence.why) {
    case 'never-set':
      return isHeard
        ? adviceForMessage(name)
        : `Set ${name} before this code runs, or give the variable a default that means “none”, if there is no value here.`
    case 'set-later':
      return `Set ${name} before the work that needs it starts, or give the variable a default that means “not yet”.`
    case 'reset-before-copy':
      return `If this code belongs to the work that had set it, begin it before the reset. If it does not, set ${name} before it runs, or give the variable a default that means “none”.`
    case 'reset':
      return `Keep the value until the work that needs it is done: put that work inside the scope of the token, \`using _token = ${name}.set(value)\`. Where that scope returns a promise, write \`return await\`, so that the reset comes after it; a function that is called later keeps the value as \`wrap(fn)\`.`
    case 'set-after-copy':
      return `Set ${name} before the task or callback is created, or set it inside. If a value for “not known yet” is enough, give the variable a default.`
    case 'await-not-followed':
      return absence.installed
        ? `Await native promises inside the context, or carry it across by hand: \`wrap(callback)\`.`
        : `Import \`install\` from contextvars-devtools/async and call it before anything else runs.`
    case 'task-went-on-here':
      return `Await a native promise, \`new Promise((resolve, reject) => thenable.then(resolve, reject))\`; where a library brings promises of its own, name their class once, \`followPromises(Class)\`; or build with \`compileAwait\` of contextvars-devtools/vite, which follows every await. If the value is expected out here, set ${name} here.`
    case 'started-unfollowed':
      return `${howToFollow(absence.code)} If the value is expected out here, set ${name} here, or return it.`
    case 'started-empty':
      return `Begin with a copy of the current context if it should inherit, or set ${name} inside.`
    case 'set-below':
    case 'set-elsewhere':
      return isHeard && absence.strayed === null ? adviceForMessage(name) : adviceElsewhere(name, absence)
  }
}

const adviceForMessage = (name: string): string =>
  `A message brings no values along. If it comes from another thread or frame of yours, use \`carryContext\` of contextvars-devtools/worker on both sides, with ${name} registered: it posts the sender’s value, too. Otherwise set ${name} where the message is heard, or give the variable a default.`

function adviceElsewhere(name: string, { why, strayed }: Elsewhere): string {
  const expected =
    why === 'set-below'
      ? `return the value instead of leaving it in the variable, or set ${name} here, before the copy is made.`
      : `set ${name} in a context that this one is copied from, before it is copied, or hand the value over.${strayed === null ? ' Where there is none, give the variable a default.' : ''}`
  if (strayed === null && why === 'set-elsewhere') return `${OF_QUEUES} Otherwise ${expected}`
  if (strayed === null) return expected.charAt(0).toUpperCase() + expected.slice(1)
  const lost =
    'leave out awaits of plain values or build with `compileAwait` of contextvars-devtools/vite, and hand a callback that is not followed over as `wrap(fn)`.'
  return strayed.sharedFunction === null
    ? `If the value is expected out here, ${expected} If the context was lost, ${lost}`
    : `If the context was lost, ${lost} If the value is expected out here, ${expected}`
}

/** Whoever calls a function that others left for later does so in a context of their own. */
const OF_QUEUES =
  'If this function was handed over for later, to a queue, say, hand it over as `wrap(fn)`, which keeps the context of there.'

/** What was lost on the way is mended by how it is started, and what was reset too early by the end of its scope: by no line alone. */
function fix(
  world: World,
  name: string,
  lookup: LookupFailed,
  absence: Absence,
  isHeard: boolean,
  effort: Effort,
): LineChange[] {
  const carrying = [change('post-carrying', null), change('hear-carrying', null)]
  const withDefault = change('default', world.variables.get(lookup.variable)?.stack ?? null, { name })
  switch (absence.why) {
    case 'never-set':
      return isHeard ? carrying : [withDefault]
    case 'set-later':
    case 'reset-before-copy':
      return [withDefault]
    case 'set-after-copy': {
      const copy = world.contexts.get(lookup.context)
      return copy?.api === 'createTask'
        ? [change('set-in-task', copy.stack, { name, set: absence.set.stack })]
        : [withDefault]
    }
    case 'started-empty':
      return [change(absence.root.kind === 'new' ? 'inherit' : 'inherit-in-task', absence.root.stack)]
    case 'set-below': {
      const copy = copyOnTheWay(world, lookup, absence.set, effort)
      const isAwaited = absence.strayed === null && waitedFor(world, lookup, absence.set) !== null
      return isAwaited && copy?.api === 'createTask' ? [change('await', copy.stack)] : []
    }
    case 'set-elsewhere':
      return isHeard && absence.strayed === null ? carrying : []
    case 'reset':
    case 'await-not-followed':
    case 'task-went-on-here':
    case 'started-unfollowed':
      return []
  }
}

function evidence(world: World, name: string, lookup: LookupFailed, absence: Absence, effort: Effort): Evidence[] {
  const here = contextPhrase(world, lookup.context)
  const found: Evidence[] = [
    { label: `get ${name} failed in ${here}`, seq: lookup.seq, context: lookup.context, stack: lookup.stack },
  ]
  const entry =
    absence.why === 'set-below' ? copyOnTheWay(world, lookup, absence.set, effort) : world.contexts.get(lookup.context)
  if (entry !== undefined && entry.parent !== null) {
    const label = `${contextPhrase(world, entry.id)} was copied from ${contextPhrase(world, entry.parent)}`
    found.push({ label, seq: entry.created, context: entry.id, stack: entry.stack })
  }
  if (absence.why === 'never-set') return found
  if (absence.why === 'started-empty') {
    const { id, created, stack } = absence.root
    const label = `${contextPhrase(world, id)} began empty`
    found.push({ label, seq: created, context: id, stack })
    return found
  }
  if (absence.why === 'task-went-on-here') {
    const { loss } = absence
    found.push({ label: lossLabel(world, loss), seq: loss.seq, context: loss.context, stack: loss.stack })
  }
  if (absence.why === 'started-unfollowed') found.push(unfollowedEvidence(world, absence.code))
  const waited = absence.why === 'set-below' ? waitedFor(world, lookup, absence.set) : null
  if (waited !== null) {
    const label = `${here} waited for ${contextPhrase(world, waited.work)}`
    found.push({ label, seq: waited.seq, context: waited.context, stack: waited.stack })
  }
  const { context, value, made, stack, closed } = absence.set
  found.push({ label: `set ${name} = ${value.text} in ${contextPhrase(world, context)}`, seq: made, context, stack })
  if (closed !== null && closed.seq < lookup.seq && absence.why.startsWith('reset')) {
    found.push({
      label: `reset ${name} in ${contextPhrase(world, context)}`,
      seq: closed.seq,
      context,
      stack: closed.stack,
    })
  }
  return found
}

/** The copy of the asking context that the set was made in, or below: where the value went another way. */
function copyOnTheWay(world: World, lookup: LookupFailed, set: TokenEntry, effort: Effort): ContextEntry | undefined {
  let copy = world.contexts.get(set.context)
  for (const above of ancestors(world, set.context, effort)) {
    if (above.id === lookup.context) return copy
    copy = above
  }
  return copy
}
