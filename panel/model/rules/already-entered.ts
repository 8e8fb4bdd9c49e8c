// A context is entered once at a time, as in CPython: whoever enters it again while it runs is refused.

import type { ReentryFailed } from '../../../runtime/protocol'
import type { Evidence, Rule } from '../finding'
import { change } from '../fix'
import { contextPhrase, contextSubject } from '../selectors/labels'
import type { World } from '../world'
import { refusedEntries } from './refusals'
import { type Group, times } from './source-line'
import { conclude, type Found } from './verdict'

export const alreadyEntered: Rule = {
  id: 'already-entered',
  title: 'Context already entered',
  why: 'Code that runs in a context may change it and is to find it as it left it, so a context is entered once at a time: a second run of it, while the first goes on, is refused with a RuntimeError, and its function is not called.',
  judge(world) {
    return conclude(
      world,
      refusedEntries(world),
      (group) => finding(world, group),
      ({ at }) => at,
      'a refused run',
    )
  },
}

function finding(world: World, { key, newest: refusal, count }: Group<ReentryFailed>): Found {
  const { context, seq, stack } = refusal
  const phrase = contextPhrase(world, context)
  return {
    id: `already-entered ${key}`,
    rule: 'already-entered',
    severity: 'error',
    title: `Context already entered: ${phrase}${times(count)}`,
    what: `${contextSubject(world, context)} was entered again while a run of it was not over. What was to run there was not called.`,
    advice:
      'Run it in a copy, whose changes the first run does not see. Or, where the code is in that context anyway, call the function without `run`.',
    fix: [change('copy', stack)],
    stack,
    context,
    variable: null,
    token: null,
    evidence: [
      ...enteredEvidence(world, refusal),
      { label: `run refused: ${phrase} was entered already`, seq, context, stack },
    ],
    crossing: null,
  }
}

/** Nothing where the run that goes on is among the missing facts. */
function enteredEvidence(world: World, { context, entered, seq }: ReentryFailed): Evidence[] {
  const since = world.contexts.get(context)?.entered ?? null
  if (since === null || since > seq) return []
  return [{ label: `${contextPhrase(world, context)} was entered`, seq: since, context, stack: entered }]
}
