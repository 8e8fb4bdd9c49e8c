// A set that nobody undid. While its owner works, an unused token is no mistake; it becomes one where the value outlives the work
// and others start with it, or where nobody can undo it any more.

import type { Effort } from '../effort'
import type { Evidence, Rule } from '../finding'
import { type LineChange, scoped } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { TokenEntry, World } from '../world'
import { ATTACHED, activeIn, BY_WITH, disposed, isAttached } from './attached'
import {
  type AsOf,
  type Forgotten,
  type ForgottenSets,
  forgottenSets,
  type Heir,
  isHarmless,
  type Keepers,
  type Undone,
} from './forgotten-sets'
import { generatorAt, isWithin } from './generators'
import { type Group, times } from './source-line'
import { howItStarted, howToFollow, type UnfollowedCode, unfollowedCode, unfollowedEvidence } from './strayed-code'
import { conclude, type Found } from './verdict'
import { endEvidence, endWord } from './work-over'

const rule = (asOf: AsOf): Rule => ({
  id: 'forgotten-reset',
  title: 'Forgotten reset',
  why: 'A value that was set for one piece of work and never reset stays where it was set. Whatever is copied from there afterwards starts with it: the next request has the user of the last one.',
  judge(world) {
    const sets = forgottenSets(world, asOf)
    return conclude(
      world,
      sets.groups(world),
      (group, effort) => finding(world, sets, group, effort),
      ({ token }) => token.madeAt,
      'a reset, or a set that was never reset,',
    )
  },
})

export const forgottenReset = rule('now')
/** The same where nothing can be taken back. */
export const forgottenResetForGood = rule('certain')
/** The same when what was recorded is over, so that nothing which was set is still to be reset. */
export const forgottenResetAtEnd = rule('over')

/** What happened is a set, or an `attach`, which sets. */
interface Words {
  forgotten: string
  never: string
  title: string
  /** What was done, and what it is called to undo it: as an order, and with `it`, now, while doing, and done. */
  set: string
  act: string
  undo: readonly [string, string, string]
  /** Why nobody can, where what does it is gone. */
  lost: string
  /** As evidence names it. */
  made: string
  read: string
  /** With what undid it another time. */
  fix: (undone: Undone | null) => LineChange[]
  /** How to undo it, by the line that is offered or without one, and what to do about a value that is meant to stay. */
  advice: (hasLine: boolean) => string
  toStay: string
}

const wordsOfSet = (name: string, { value, stack }: TokenEntry): Words => ({
  forgotten: 'Forgotten reset',
  never: 'Never reset',
  title: name,
  set: `set ${name} to ${value.text}`,
  act: 'undo the set',
  undo: ['reset', 'resetting', 'reset'],
  lost: 'its token was garbage-collected unused',
  made: `set ${name} = ${value.text}`,
  read: name,
  fix: (undone) => scoped(name, stack, undone === null ? [] : [undone.stack]),
  advice: (hasLine) =>
    `${hasLine ? 'with `using`, at the end of its block (then leave out what resets it on other paths)' : `\`using _token = ${name}.set(value)\``}, or by a reset in a \`finally\`. Where a promise is returned, write \`return await\`, so that the undo waits for it.`,
  toStay: ` A value that is meant to stay is a default: \`new ContextVar('${name}', { default: … })\`.`,
})

const wordsOfAttach = (token: TokenEntry): Words => ({
  forgotten: 'Forgotten dispose',
  never: 'Never disposed of',
  title: ATTACHED,
  set: `attached an OpenTelemetry context (${activeIn(token)})`,
  act: 'dispose of it',
  undo: ['dispose of', 'disposing of', 'disposed of'],
  lost: 'what `attach` returned was garbage-collected',
  made: `attached ${activeIn(token)}`,
  read: 'what is active',
  fix: () => disposed(token.stack),
  advice: () => `\`attached.dispose()\` in a \`finally\`. ${BY_WITH}`,
  toStay: '',
})

function finding(
  world: World,
  sets: ForgottenSets,
  { key, newest: forgotten, count }: Group<Forgotten>,
  effort: Effort,
): Found {
  const { token } = forgotten
  const words = isAttached(world, token) ? wordsOfAttach(token) : wordsOfSet(variableName(world, token.variable), token)
  const generator = generatorAt(world, token.stack)
  const outside = generator === null || forgotten.heir !== null ? null : readerOutside(world, token)
  const unfollowed = unfollowedCode(world, { context: token.context, stack: token.stack, seq: token.made })
  // In a generator that is dropped, or in code that lost its context, the set may be as it should be, and undone in vain.
  const isMissed = generator === null && unfollowed === null
  const undone = isMissed ? sets.undoneElsewhere(world, token) : null
  const fix = isMissed ? words.fix(undone) : []
  // Who resets on another path keeps the token: where it is gone, this path is over, and has missed it.
  const reader = undone === null ? null : sets.readAfterLoss(world, token)
  const isNote = isHarmless(forgotten) && reader === null
  return {
    id: `forgotten-reset ${key}`,
    rule: 'forgotten-reset',
    severity: isNote ? 'info' : 'warning',
    title: `${isNote ? words.never : words.forgotten}: ${words.title}${times(count)}`,
    what: `${what(world, words, forgotten, () => sets.keepers(world, token, effort))}${undone === null ? '' : ` ${missedPath(words)}`}${reader === null ? '' : ` ${contextPhrase(world, reader.context.id)} was copied from it afterwards, and read the value.`}${generator === null ? '' : ` ${setInGenerator(generator)}`}${outside === null ? '' : ` ${contextSubject(world, outside.context.id)}, made outside of it, started with the value and read it.`}${unfollowed === null ? '' : ` ${mayBeStrayed(unfollowed)}`}`,
    advice: `${unfollowed === null ? '' : `${howToFollow(unfollowed)} Otherwise: `}${advice(words, forgotten, fix.length > 0, undone !== null)}${undone === null && keptByNobody(world, forgotten) ? ` ${OF_CALLBACKS}` : ''}`,
    fix,
    stack: token.stack,
    context: token.context,
    variable: token.variable,
    token: token.id,
    evidence: [
      ...(undone === null ? [] : [undoneEvidence(world, words, undone)]),
      ...evidence(world, words, forgotten, forgotten.heir ?? outside ?? reader),
      ...(unfollowed === null ? [] : [unfollowedEvidence(world, unfollowed)]),
    ],
    crossing: null,
  }
}

function what(
  world: World,
  { set: made, undo, lost: gone }: Words,
  forgotten: Forgotten,
  keepers: () => Keepers,
): string {
  const { token, state, heir: first, heirs } = forgotten
  const owner = contextSubject(world, token.context)
  const set = `${owner} ${made}`
  const heir = first === null ? 'another context' : contextPhrase(world, first.context.id)
  const others = heirs > 1 ? ` and ${heirs - 1} more` : ''
  const lost =
    token.state === 'lost'
      ? ` ${gone.charAt(0).toUpperCase()}${gone.slice(1)}, so nobody can ${undo[0]} it any more.`
      : ''
  switch (state) {
    case 'dies-with-unit':
      return `${set} and did not ${undo[0]} it. ${WHO_KEEPS_IT[keepers()]}${lost}`
    case 'found-by-run':
      return `${set} in a run and did not ${undo[0]} it; a later run of the same context found that value.${lost}`
    case 'inherited-after-end':
      return `${set} and ${endWord(world.contexts.get(token.context))} without ${undo[1]} it; ${heir}${others}, copied from it by others afterwards, started with that value.${lost}`
    case 'inherited-from-base':
      return `${set} and has not ${undo[2]} it; ${heir}${others} started with that value and read it.${lost}`
    case 'lost':
      return `${set}, and ${gone}: nobody can ${undo[0]} it any more.`
  }
}

/** It may go on, too, where its caller did not wait for it: so this is no more than a note. */
const missedPath = ({ undo }: Words): string =>
  `Another time, the same function ${undo[2]} what this line had set: one of its paths may miss that, an early return, say, or an error.`

function undoneEvidence(world: World, { read: name, undo }: Words, { context, seq, stack }: Undone): Evidence {
  const label = `another set of ${name} by the same line was ${undo[2]}, in ${contextPhrase(world, context)}`
  return { label, seq, context, stack }
}

const mayBeStrayed = (unfollowed: UnfollowedCode): string =>
  `${howItStarted(unfollowed)} If it belongs to a task, its context was lost on this way, and the value was meant for that one.`

const setInGenerator = (generator: string): string =>
  `It was set in the generator ${generator}: whoever goes through that has the value from then on, and if it is dropped before its end, nothing after its \`yield\` ever runs.`

/** Who found what a generator had set, and was not made by it: the one that tells whether somebody misses the reset. */
function readerOutside(world: World, token: TokenEntry): Heir | null {
  const read = token.readBy?.first
  const context = read === undefined ? undefined : world.contexts.get(read.context)
  if (read === undefined || context === undefined || context.parent !== token.context) return null
  return isWithin(world, context.stack, token.stack) === false ? { context, read: read.seq } : null
}

const WHO_KEEPS_IT: Record<Keepers, string> = {
  nobody:
    'No other context is known that started with the value, so it goes away with this one, and with timers and listeners of it that still wait; until then each later step of this work had it.',
  'copied-meanwhile':
    'Contexts that were copied from it meanwhile keep the value, and what they begin starts with it; none was copied from this one after it ended.',
  copied: 'Contexts that were copied from it keep the value.',
}

/** A callback that ends with its set may be one that meant to hand it on. */
const keptByNobody = (world: World, { token, state }: Forgotten): boolean =>
  state === 'dies-with-unit' && world.contexts.get(token.context)?.kind === 'callback'

const OF_CALLBACKS =
  'A later callback does not find the value, since each runs in a copy of its own: what is to last from one to the next belongs in an object that both know.'

function advice({ advice, toStay, act }: Words, { state }: Forgotten, hasLine: boolean, isOnAPath: boolean): string {
  const how = advice(hasLine)
  if (isOnAPath) return `${act.charAt(0).toUpperCase()}${act.slice(1)} on every path: ${how}`
  if (state === 'found-by-run') {
    return `Nothing to do if one run is to prepare the context for the next. Otherwise give each run a copy, \`context.copy().run(…)\`, or ${act}: ${how}`
  }
  return state === 'dies-with-unit'
    ? `Nothing to do if the value is meant to last as long as this work. Otherwise ${act}: ${how}`
    : `${act.charAt(0).toUpperCase()}${act.slice(1)} where its work ends: ${how}${toStay}`
}

/** So many are named; the others are like them. */
const NAMED = 5

function evidence(
  world: World,
  { made, read: name }: Words,
  { token, others }: Forgotten,
  heir: Heir | null,
): Evidence[] {
  const owner = contextPhrase(world, token.context)
  const found: Evidence[] = [
    {
      label: `${made} in ${owner}`,
      seq: token.made,
      context: token.context,
      stack: token.stack,
    },
    ...endEvidence(world, token.context, owner),
  ]
  if (token.state === 'lost' && token.closed !== null) {
    found.push({ label: 'the token was garbage-collected', seq: token.closed.seq, context: token.context, stack: null })
  }
  if (token.foundByRun !== null) {
    const { read, run } = token.foundByRun
    found.push({ label: `${owner} was entered again`, seq: run, context: token.context, stack: null })
    found.push({ label: `${owner} read ${name}, its own`, seq: read.seq, context: token.context, stack: null })
  }
  if (heir === null) return found
  return [...found, ...[heir, ...others].slice(0, NAMED).flatMap((one) => inheritedEvidence(world, name, one))]
}

function inheritedEvidence(world: World, name: string, { context, read }: Heir): Evidence[] {
  const { id, created, stack, parent } = context
  const heir = contextPhrase(world, id)
  const copied = { label: `${heir} was copied from ${contextPhrase(world, parent)}`, seq: created, context: id, stack }
  if (read === null) return [copied]
  return [copied, { label: `${heir} read ${name}, inherited`, seq: read, context: id, stack: null }]
}
