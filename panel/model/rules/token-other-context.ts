// A token restores the context in which its set ran. Another context has other values, even one that was copied from it.

import type { AwaitUntracked, ContextId, TokenError } from '../../../runtime/protocol'
import { type Crossing, crossing } from '../crossing'
import type { Effort } from '../effort'
import type { Evidence, Rule } from '../finding'
import { scoped } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { ContextEntry, World } from '../world'
import { generatorOfBoth } from './generators'
import { lossesFrom } from './losses'
import { tokenErrors } from './refusals'
import { type Group, times } from './source-line'
import { madeEvidence, refusedEvidence, tokenOf } from './token-evidence'
import { conclude, type Found } from './verdict'

export const tokenOtherContext: Rule = {
  id: 'token-other-context',
  title: 'Token of another context',
  why: 'A token restores a value in the context in which its set ran. Tasks and callbacks run in copies, so a reset there would undo a set that never happened there: it is refused with a ValueError, and the value stays set where it was set.',
  judge(world) {
    return conclude(
      world,
      tokenErrors(world, 'other-context'),
      (group, effort) => finding(world, group, effort),
      ({ at }) => at,
      'a refused reset',
    )
  },
}

function finding(world: World, { key, newest: refusal, count }: Group<TokenError>, effort: Effort): Found {
  const token = tokenOf(world, refusal)
  const made = refusal.tokenContext ?? token?.context ?? null
  const way = made === null ? null : crossing(world, made, refusal.context, effort)
  const name = variableName(world, refusal.variable)
  // Where an await went astray, that is what happened, whatever its function is.
  const isAstray = way !== null && awaitInto(world, way) !== null
  const generator = isAstray ? null : generatorOfBoth(world, refusal.tokenStack, refusal.stack)
  // Of a generator, or of an await that went astray, another line is wrong, and it is not known which.
  const isMisplaced = !isAstray && generator === null
  return {
    id: `token-other-context ${key}`,
    rule: 'token-other-context',
    severity: 'error',
    title: `Token of another context: ${name}${times(count)}`,
    what: `${what(world, refusal, way)}${generator === null ? '' : ` ${ranInBoth(generator)}`}`,
    advice: generator === null ? advice(world, refusal.context, way) : adviceForGenerator(generator),
    fix: isMisplaced ? scoped(name, refusal.tokenStack ?? token?.stack ?? null, [refusal.stack]) : [],
    stack: refusal.stack,
    context: refusal.context,
    variable: refusal.variable,
    token: refusal.token,
    evidence: [...madeEvidence(world, token), ...hopEvidence(world, way), refusedEvidence(world, refusal)],
    crossing: way === null ? null : { made: way.made, used: way.used, ancestor: way.ancestor },
  }
}

function what(world: World, refusal: TokenError, way: Crossing | null): string {
  const name = variableName(world, refusal.variable)
  const used = contextPhrase(world, refusal.context)
  if (way === null)
    return `${contextSubject(world, refusal.context)} reset ${name} with a token that was made in another context.`
  const made = contextPhrase(world, way.made)
  const start = `The token was made when ${made} set ${name}, and used in ${used}`
  const loss = awaitInto(world, way)
  if (loss !== null) {
    const gone = loss.copied
      ? `, a copy of it: an await in ${made} did not come back`
      : `, where ${made} came to its end`
    return `${start}${gone} (${loss.cause}). The value is still set in ${made}.`
  }
  switch (way.relation) {
    case 'used-in-copy':
      return `${start}, which runs in a copy of it. The value is still set in ${made}.`
    case 'used-above':
      return `${start}, which it was copied from: what was set in the copy never reached it.`
    case 'siblings':
      return `${start}: two copies of ${contextPhrase(world, way.ancestor)}, which do not see each other’s values.`
    case 'strangers':
      return `${start}: no context is known that both came from.`
  }
}

const ranInBoth = (generator: string): string =>
  `Both lines are parts of the generator ${generator}, which has no context of its own: each part runs where somebody asks for its next value, or closes it.`

const adviceForGenerator = (generator: string): string =>
  `Go through ${generator}, and close it, in one task: a loop does both, and closes it also where it is left early. Or let ${generator} reset what it set before each \`yield\`.`

function advice(world: World, used: ContextId, way: Crossing | null): string {
  const usedIn = world.contexts.get(used)
  const madeIn = way === null ? undefined : world.contexts.get(way.made)
  if (way !== null && awaitInto(world, way) !== null) {
    return `Reset before that await. Or await a native promise: \`new Promise((resolve) => thenable.then(resolve))\`; where a library brings promises of its own, \`followPromises(Class)\`, once, makes an await of them come back.`
  }
  if (way?.relation === 'used-in-copy' && usedIn?.kind === 'callback') {
    return `Reset before the callback is handed over, or set and reset both inside the callback.`
  }
  if (way?.relation === 'used-in-copy') {
    return `Reset where the set was made, around the work, at the end of its block. What runs in the copy needs no reset, the copy goes away with it.`
  }
  if (way?.relation === 'used-above' && madeIn?.task != null) {
    return `Reset inside the task, in a \`finally\`, or at the end of a block there, or not at all: its context ends with it, and what it set with that. To hand a value up, return it.`
  }
  if (way?.relation === 'used-above') {
    return `Reset inside the run or callback that made the set. To hand a value up, return it.`
  }
  return `Keep a token within the function that made it. To act in the other context, run there: \`context.run(() => …)\`.`
}

/** The hop that crossed: the first copy on the way down from where the token was made to where it was used. */
function hopOf(world: World, way: Crossing): ContextEntry | undefined {
  return way.relation === 'used-in-copy' ? firstCopy(world, way.made, way.used) : undefined
}

/** The copy of the context `above` from which, or from copies of which, the one `below` comes. */
function firstCopy(world: World, above: ContextId | null, below: ContextId): ContextEntry | undefined {
  let copy = world.contexts.get(below)
  while (copy !== undefined && copy.parent !== null && copy.parent !== above) copy = world.contexts.get(copy.parent)
  return copy
}

/** The await that led there: its code went on in the hop, or where the token was used. */
function awaitInto(world: World, way: Crossing): AwaitUntracked | null {
  const hop = hopOf(world, way)?.id
  return lossesFrom(world, way.made).find(({ resumed }) => resumed === hop || resumed === way.used) ?? null
}

function hopEvidence(world: World, way: Crossing | null): Evidence[] {
  const copy = way === null ? undefined : copyToKnow(world, way)
  if (copy === undefined || copy.parent === null) return []
  const label = `${contextPhrase(world, copy.id)} was copied from ${contextPhrase(world, copy.parent)}`
  return [{ label, seq: copy.created, context: copy.id, stack: copy.stack }]
}

/** Where the two contexts part: its line is mostly the one to change. */
function copyToKnow(world: World, way: Crossing): ContextEntry | undefined {
  switch (way.relation) {
    case 'used-in-copy':
      return hopOf(world, way)
    case 'used-above':
      return firstCopy(world, way.used, way.made)
    case 'siblings':
      // Who went astray by an await was not brought there by a copy.
      return awaitInto(world, way) === null ? firstCopy(world, way.ancestor, way.used) : undefined
    case 'strangers':
      return undefined
  }
}
