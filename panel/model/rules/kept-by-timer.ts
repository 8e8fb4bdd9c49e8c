// A timer that is never cleared keeps the values of the work that started it. Only what that work itself had reset is told: it was not
// meant to last.

import type { Evidence, Rule } from '../finding'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { KeptByTimer, TokenEntry, World } from '../world'
import { type Group, groupTallies, LineNames, times } from './source-line'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'

export const keptByTimer: Rule = {
  id: 'kept-by-timer',
  title: 'Value kept by a timer',
  why: 'A callback runs in a copy of the context that it was handed over in. A timer that repeats keeps that copy, and every value in it, until it is cleared: what one piece of work had put into a variable stays in memory as long as the page.',
  judge(world) {
    const names = new LineNames(world)
    const groups = groupTallies(
      world.keptByTimers.values(),
      ({ call }) => names.of(0, call.stack),
      ({ call }) => call.seq,
    )
    return conclude(
      world,
      groups,
      (group) => finding(world, group),
      ({ call }) => call.at,
      'a timer that goes on',
    )
  },
}

function finding(world: World, { key, newest: { call, tokens }, count }: Group<KeptByTimer>): Found {
  const kept = tokens.flatMap((id) => world.tokens.get(id) ?? [])
  const [first] = kept
  const names = kept.map(({ variable }) => variableName(world, variable))
  const maker = contextPhrase(world, call.parent)
  const held = kept.map((token, index) => `${names[index]} = ${token.value.text}`).join(', ')
  return {
    id: `kept-by-timer ${key}`,
    rule: 'kept-by-timer',
    severity: 'info',
    title: `Value kept by a timer: ${names.join(', ')}${times(count)}`,
    what: `${contextSubject(world, call.parent)} started a timer and ended, and the timer went on: ${contextPhrase(world, call.context)} is a call of it since. Until it is cleared it keeps ${held}, reset by then where ${kept.length > 1 ? 'they were' : 'it was'} set.`,
    advice:
      'Clear the timer where its work ends, `clearInterval(timer)`. If it is to go on for all, start it where nothing is set: `new Context().run(() => setInterval(…))`.',
    fix: [],
    stack: call.stack,
    context: call.parent,
    variable: first?.variable ?? null,
    token: first?.id ?? null,
    evidence: [
      ...kept.flatMap((token) => [...madeEvidence(world, token), ...resetEvidence(world, token)]),
      ...endEvidence(world, call),
      {
        label: `${contextPhrase(world, call.context)} was called, a copy of ${maker}`,
        seq: call.seq,
        context: call.context,
        stack: call.stack,
      },
    ],
    crossing: null,
  }
}

function resetEvidence(world: World, { variable, context, closed }: TokenEntry): Evidence[] {
  if (closed === null) return []
  const label = `reset ${variableName(world, variable)} in ${contextPhrase(world, context)}`
  return [{ label, seq: closed.seq, context, stack: closed.stack }]
}

function endEvidence(world: World, { parent }: KeptByTimer['call']): Evidence[] {
  const ended = parent === null ? null : world.contexts.get(parent)?.ended
  return ended == null
    ? []
    : [{ label: `${contextPhrase(world, parent)} ended`, seq: ended.seq, context: parent, stack: null }]
}
