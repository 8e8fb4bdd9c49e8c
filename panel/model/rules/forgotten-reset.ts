// A set that nobody undid. While its owner works, an unused token is no mistake; it becomes one where the value outlives the work
// and others start with it, or where nobody can undo it any more.

import type { Evidence, Finding, Rule } from '../finding'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { TokenEntry, World } from '../world'
import { type Forgotten, forgottenSets, heirsOf } from './forgotten-sets'
import { generatorAt } from './generators'
import { type Group, groupBy, namedByLine, times } from './source-line'
import { howItStarted, howToFollow, type UnfollowedCode, unfollowedCode, unfollowedEvidence } from './strayed-code'
import { conclude } from './verdict'

export const forgottenReset: Rule = {
  id: 'forgotten-reset',
  title: 'Forgotten reset',
  why: 'A value that was set for one piece of work and never reset is seen by all that is copied from there afterwards: the next request starts with the user of the last one.',
  judge(world) {
    // What is harmless and what is not are two findings, even on one line.
    const nameOf = namedByLine(world)
    const nameOfHarmless = namedByLine(world, 'harmless ')
    const groups = groupBy(forgottenSets(world), (forgotten) => {
      const { variable, stack } = forgotten.token
      return isHarmless(forgotten) ? nameOfHarmless(variable, stack) : nameOf(variable, stack)
    })
    return conclude(
      world,
      groups,
      (group, effort) => {
        effort.spend(world.contexts.get(group.newest.token.context)?.children.length ?? 0)
        return finding(world, group)
      },
      'a reset, or a set that was never reset,',
    )
  },
}

const isHarmless = (forgotten: Forgotten): boolean => forgotten.state === 'dies-with-unit'

function finding(world: World, { key, newest: forgotten, count }: Group<Forgotten>): Finding {
  const { token } = forgotten
  const name = variableName(world, token.variable)
  const generator = generatorAt(world, token.stack)
  const unfollowed = unfollowedCode(world, { context: token.context, stack: token.stack, seq: token.made })
  return {
    id: `forgotten-reset ${key}`,
    rule: 'forgotten-reset',
    severity: isHarmless(forgotten) ? 'info' : 'warning',
    title: `${isHarmless(forgotten) ? 'Never reset' : 'Forgotten reset'}: ${name}${times(count)}`,
    what: `${what(world, name, forgotten)}${generator === null ? '' : ` ${setInGenerator(generator)}`}${unfollowed === null ? '' : ` ${mayBeStrayed(unfollowed)}`}`,
    advice: `${unfollowed === null ? '' : `${howToFollow(unfollowed)} Otherwise: `}${advice(name, forgotten)}`,
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

function what(world: World, name: string, { token, state, heir: first, heirs }: Forgotten): string {
  const owner = contextSubject(world, token.context)
  const set = `${owner} set ${name} to ${token.value.text}`
  const heir = first === null ? 'another context' : contextPhrase(world, first.context.id)
  const others = heirs > 1 ? ` and ${heirs - 1} more` : ''
  const lost = token.state === 'lost' ? ' Its token was garbage-collected, so nobody can reset it any more.' : ''
  switch (state) {
    case 'dies-with-unit':
      return `${set} and did not reset it. ${whoKeepsIt(world, token)}${lost}`
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

/** What is inherited while the work goes on is meant to be. */
function whoKeepsIt(world: World, token: TokenEntry): string {
  const owner = world.contexts.get(token.context)
  const heirs = [...heirsOf(world, token)]
  if (heirs.length === 0) return 'No other context is known that started with the value, so it goes away with this one.'
  // What its async functions do when it is over is still its work; when the awaits of a callback end, nobody knows.
  const end = owner?.kind === 'callback' ? null : (owner?.ended?.seq ?? null)
  return end !== null && heirs.every(({ context }) => context.asOf < end)
    ? 'Contexts that were copied from it meanwhile keep the value; none was copied after it ended.'
    : 'Contexts that were copied from it keep the value.'
}

function advice(name: string, { state }: Forgotten): string {
  const scope = `\`using token = ${name}.set(value)\`, or reset it in a \`finally\``
  return state === 'dies-with-unit'
    ? `Nothing to do if the value is meant to last as long as this work. Otherwise: ${scope}.`
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
