// A refused reset throws, so that somebody mends it. Who catches the error and drops it has a quiet page, and a value that stays set. What a
// `catch` does with an error is not seen, so this is a note.
// (Only of a task it is known how it ended: an async function that a listener or a run has begun may fail later, which is then reported.)

import type { Evidence, Rule } from '../finding'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { SwallowedRefusal, TokenEntry, World } from '../world'
import { isKeyOfAttached } from './attached'
import { type Group, groupTallies, LineNames, times } from './source-line'
import { madeEvidence, refusedEvidence, tokenOf } from './token-evidence'
import { conclude, type Found } from './verdict'

export const refusalSwallowed: Rule = {
  id: 'refusal-swallowed',
  title: 'Refused reset that is swallowed',
  why: 'The error of a refused reset says that nothing was undone. Where it is caught and dropped, nothing on the page tells of it any more, and the value that was to be undone stays.',
  judge(world) {
    const names = new LineNames(world)
    const groups = groupTallies(
      [...world.swallowed.values()].filter(({ newest }) => !isKeyOfAttached(world, tokenOf(world, newest.refusal))),
      ({ refusal: { variable, stack } }) => names.of(variable, stack),
      ({ refusal }) => refusal.seq,
    )
    return conclude(
      world,
      groups,
      (group) => finding(world, group),
      ({ refusal }) => refusal.at,
      'a refused reset',
    )
  },
}

function finding(world: World, { key, newest, count }: Group<SwallowedRefusal>): Found {
  const { refusal, task } = newest
  const token = tokenOf(world, refusal)
  const name = variableName(world, refusal.variable)
  return {
    id: `refusal-swallowed ${key}`,
    rule: 'refusal-swallowed',
    severity: 'info',
    title: `Refused reset that is swallowed: ${name}${times(count)}`,
    what: `A reset of ${name} was refused in ${contextPhrase(world, refusal.context)}, and ${contextPhrase(world, task)} came to a good end all the same: the error was caught, whether or not somebody was told, or left to a promise that it never waited for.${stillSet(world, token)}`,
    advice:
      'Nothing to do here if the `catch` tells somebody. Otherwise leave it out: a reset that is refused undoes nothing, and to catch its error mends nothing. How to mend the reset, the problem of the same line says.',
    fix: [],
    stack: refusal.stack,
    context: refusal.context,
    variable: refusal.variable,
    token: refusal.token,
    evidence: [...madeEvidence(world, token), refusedEvidence(world, refusal), settledEvidence(world, newest)],
    crossing: null,
  }
}

/** The harm that is done, as far as it is there still. */
function stillSet(world: World, token: TokenEntry | undefined): string {
  if (token === undefined || token.state === 'used') return ''
  const { context, variable, value, id } = token
  const owner = world.contexts.get(context)
  if (owner?.state === 'collected' || owner?.holdings.get(variable)?.token !== id) return ''
  return ` ${contextSubject(world, context)} still has ${variableName(world, variable)} = ${value.text}.`
}

function settledEvidence(world: World, { task, settled }: SwallowedRefusal): Evidence {
  return { label: `${contextPhrase(world, task)} came to a good end`, seq: settled, context: task, stack: null }
}
