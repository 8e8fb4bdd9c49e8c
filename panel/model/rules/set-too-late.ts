// A task copies the context when it is made, not when it runs: what its maker sets between the two is not for it. That is only told
// where the task then found nothing but the default, since to start one task after another, each with another value, is common.

import type { Rule } from '../finding'
import { change } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { SetTooLate, World } from '../world'
import { type Group, groupTallies, LineNames, times } from './source-line'
import { conclude, type Found } from './verdict'

export const setTooLate: Rule = {
  id: 'set-too-late',
  title: 'Set after the task was made',
  why: 'A task works in a copy of its maker’s context, taken when the task is made. It begins a little later, so a set in the lines between looks as if it came in time, and is not in the copy.',
  judge(world) {
    const names = new LineNames(world)
    const groups = groupTallies(
      world.tooLate.values(),
      ({ set: { variable, stack } }) => names.of(variable, stack),
      ({ read }) => read.seq,
    )
    return conclude(
      world,
      groups,
      (group) => finding(world, group),
      ({ read }) => read.at,
      'a set that came too late',
    )
  },
}

function finding(world: World, { key, newest: { read, set }, count }: Group<SetTooLate>): Found {
  const name = variableName(world, set.variable)
  const task = contextPhrase(world, read.context)
  const maker = contextPhrase(world, set.context)
  const made = world.contexts.get(read.context)
  const fix = made?.api === 'createTask' ? [change('set-in-task', made.stack, { name, set: set.stack })] : []
  return {
    id: `set-too-late ${key}`,
    rule: 'set-too-late',
    severity: 'info',
    title: `Set after the task was made: ${name}${times(count)}`,
    what: `${contextSubject(world, set.context)} set ${name} to ${set.value.text} after it had made ${task}, which works in the copy of that moment: it read the default of ${name}.`,
    advice: `If the value is meant for the task, set it first, or in the task${fix.length > 0 ? '' : `: \`${name}.set(…)\``}. Otherwise there is nothing to do.`,
    fix,
    stack: set.stack,
    context: read.context,
    variable: set.variable,
    token: set.token,
    evidence: [
      ...(made === undefined
        ? []
        : [{ label: `${maker} made ${task}`, seq: made.created, context: read.context, stack: made.stack }]),
      { label: `set ${name} = ${set.value.text} in ${maker}`, seq: set.seq, context: set.context, stack: set.stack },
      { label: `${task} read ${name}, by default`, seq: read.seq, context: read.context, stack: null },
    ],
    crossing: null,
  }
}
