// A timer that is never cleared keeps the values of the work that started it. Only what that work itself had reset is told: it was not
// meant to last.

import type { Rule } from '../finding'
import { handedOverAnew } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { KeptByTimer, World } from '../world'
import { type Group, groupTallies, LineNames, times } from './source-line'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'
import { endEvidence, resetEvidence } from './work-over'

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
    what: `${contextSubject(world, call.parent)} started a timer and ended, and the timer goes on. Each call runs in a copy of the context that started it, so ${held} ${kept.length > 1 ? 'are' : 'is'} kept until the timer is cleared, although ${maker} had reset ${kept.length > 1 ? 'them' : 'it'}.`,
    advice:
      'Clear the timer where its work ends, `clearInterval(timer)`. If it is to go on for all, start it where nothing is set, such as in a `new Context()`.',
    fix: [handedOverAnew(call)],
    stack: call.stack,
    context: call.parent,
    variable: first?.variable ?? null,
    token: first?.id ?? null,
    evidence: [
      ...kept.flatMap((token) => [...madeEvidence(world, token), ...resetEvidence(world, token)]),
      ...endEvidence(world, call.parent),
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
