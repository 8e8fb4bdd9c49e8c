// A set that nobody undid. While its owner works, an unused token is no mistake; it becomes one where the value outlives the work
// and others start with it, or where nobody can undo it any more.

import type { Evidence, Rule } from '../finding'
import { scoped } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { TokenEntry, World } from '../world'
import { type Forgotten, forgottenSets, harmlessKey, isHarmless, type Keepers } from './forgotten-sets'
import { generatorAt } from './generators'
import { leftInCopies } from './left-in-copy'
import { type Group, times } from './source-line'
import { howItStarted, howToFollow, type UnfollowedCode, unfollowedCode, unfollowedEvidence } from './strayed-code'
import { conclude, type Found } from './verdict'

export const forgottenReset: Rule = {
  id: 'forgotten-reset',
  title: 'Forgotten reset',
  why: 'A value that was set for one piece of work and never reset is seen by all that is copied from there afterwards: the next request starts with the user of the last one.',
  judge(world) {
    const sets = forgottenSets(world)
    return conclude(
      world,
      withoutLeftInCopies(world, sets.groups(world)),
      (group, effort) => finding(world, group, (token) => sets.keepers(world, token, effort)),
      ({ token }) => token.madeAt,
      'a reset, or a set that was never reset,',
    )
  },
}

/** What somebody missed who had waited for the work is told as that, with what it was that nobody reset. */
function withoutLeftInCopies(world: World, groups: Group<Forgotten>[]): Group<Forgotten>[] {
  const left = new Set(leftInCopies(world).map(({ key }) => harmlessKey(key)))
  return left.size === 0 ? groups : groups.filter(({ key }) => !left.has(key))
}

type KeepersOf = (token: TokenEntry) => Keepers

function finding(world: World, { key, newest: forgotten, count }: Group<Forgotten>, keepersOf: KeepersOf): Found {
  const { token } = forgotten
  const name = variableName(world, token.variable)
  const generator = generatorAt(world, token.stack)
  const unfollowed = unfollowedCode(world, { context: token.context, stack: token.stack, seq: token.made })
  // In a generator that is dropped, or in code that lost its context, the set may be as it should be, and undone in vain.
  const fix = generator === null && unfollowed === null ? scoped(name, token.stack) : []
  return {
    id: `forgotten-reset ${key}`,
    rule: 'forgotten-reset',
    severity: isHarmless(forgotten) ? 'info' : 'warning',
    title: `${isHarmless(forgotten) ? 'Never reset' : 'Forgotten reset'}: ${name}${times(count)}`,
    what: `${what(world, name, forgotten, keepersOf)}${generator === null ? '' : ` ${setInGenerator(generator)}`}${unfollowed === null ? '' : ` ${mayBeStrayed(unfollowed)}`}`,
    advice: `${unfollowed === null ? '' : `${howToFollow(unfollowed)} Otherwise: `}${advice(name, forgotten, fix.length > 0)}`,
    fix,
    stack: token.stack,
    context: token.context,
    variable: token.variable,
    token: token.id,
    evidence: [
      ...evidence(world, name, forgotten),
      ...(unfollowed === null ? [] : [unfollowedEvidence(world, unfollowed)]),
    ],
    crossing: null,
  }
}

function what(world: World, name: string, forgotten: Forgotten, keepersOf: KeepersOf): string {
  const { token, state, heir: first, heirs } = forgotten
  const owner = contextSubject(world, token.context)
  const set = `${owner} set ${name} to ${token.value.text}`
  const heir = first === null ? 'another context' : contextPhrase(world, first.context.id)
  const others = heirs > 1 ? ` and ${heirs - 1} more` : ''
  const lost = token.state === 'lost' ? ' Its token was garbage-collected, so nobody can reset it any more.' : ''
  switch (state) {
    case 'dies-with-unit':
      return `${set} and did not reset it. ${WHO_KEEPS_IT[keepersOf(token)]}${lost}`
    case 'found-by-run':
      return `${set} in a run and did not reset it; a later run of the same context found that value.${lost}`
    case 'inherited-after-end':
      return `${set} and ended without resetting it; ${heir}${others}, copied from it by others afterwards, started with that value.${lost}`
    case 'inherited-from-base':
      return `${set} and has not reset it; ${heir}${others} started with that value and read it.${lost}`
    case 'lost':
      return `${set}, and the token was garbage-collected unused: nobody can reset it any more.`
  }
}

const mayBeStrayed = (unfollowed: UnfollowedCode): string =>
  `${howItStarted(unfollowed)} If it belongs to a task, its context was lost on this way, and the value was meant for that one.`

const setInGenerator = (generator: string): string =>
  `It was set in the generator ${generator}: whoever goes through that has the value from then on, and if it is dropped before its end, nothing after its \`yield\` ever runs.`

const WHO_KEEPS_IT: Record<Keepers, string> = {
  nobody: 'No other context is known that started with the value, so it goes away with this one.',
  'copied-meanwhile': 'Contexts that were copied from it meanwhile keep the value; none was copied after it ended.',
  copied: 'Contexts that were copied from it keep the value.',
}

function advice(name: string, { state }: Forgotten, hasLine: boolean): string {
  const scope = `${hasLine ? 'with `using`, at the end of its block' : `\`using token = ${name}.set(value)\``}, or by a reset in a \`finally\``
  if (state === 'found-by-run') {
    return `Nothing to do if one run is to prepare the context for the next. Otherwise give each run a copy, \`context.copy().run(…)\`, or undo the set: ${scope}.`
  }
  return state === 'dies-with-unit'
    ? `Nothing to do if the value is meant to last as long as this work. Otherwise undo the set: ${scope}.`
    : `Undo the set where its work ends: ${scope}. A value that is meant to stay is a default: \`new ContextVar('${name}', { default: … })\`.`
}

function evidence(world: World, name: string, { token, heir }: Forgotten): Evidence[] {
  const owner = contextPhrase(world, token.context)
  const found: Evidence[] = [
    {
      label: `set ${name} = ${token.value.text} in ${owner}`,
      seq: token.made,
      context: token.context,
      stack: token.stack,
    },
  ]
  const ended = world.contexts.get(token.context)?.ended
  if (ended != null) found.push({ label: `${owner} ended`, seq: ended.seq, context: token.context, stack: null })
  if (token.state === 'lost' && token.closed !== null) {
    found.push({ label: 'the token was garbage-collected', seq: token.closed.seq, context: token.context, stack: null })
  }
  if (token.foundByRun !== null) {
    const { read, run } = token.foundByRun
    found.push({ label: `${owner} was entered again`, seq: run, context: token.context, stack: null })
    found.push({ label: `${owner} read ${name}, its own`, seq: read.seq, context: token.context, stack: null })
  }
  if (heir === null) return found
  const { id, created, stack, parent } = heir.context
  const label = `${contextPhrase(world, id)} was copied from ${contextPhrase(world, parent)}`
  found.push({ label, seq: created, context: id, stack })
  if (heir.read !== null) {
    found.push({
      label: `${contextPhrase(world, id)} read ${name}, inherited`,
      seq: heir.read,
      context: id,
      stack: null,
    })
  }
  return found
}
