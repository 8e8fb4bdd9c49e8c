// What did not get into data, or cannot be got out again. A variable leaves only if somebody registered it, so to leave some behind is
// mostly what was wanted, and a note; whatever else goes wrong on that way was not.

import type { NotReduced, NotReducedWhy } from '../../../runtime/protocol'
import type { Rule } from '../finding'
import { change, type LineChange } from '../fix'
import { namesOf, notReducedLabel } from '../selectors/events'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { World } from '../world'
import { type Group, groupTallies, LineNames, times } from './source-line'
import { conclude, type Found } from './verdict'

export const notReduced: Rule = {
  id: 'not-reduced',
  title: 'Left out of the data',
  why: 'A context that is sent or stored as data takes along only the variables that somebody registered, under names by which they are found again. Where it is restored, the others are unset, and nothing there says why.',
  judge(world) {
    const names = new LineNames(world)
    const groups = groupTallies(
      world.notReduced.values(),
      ({ why, variables, stack }) => `${why} ${variables} ${names.of(0, stack)}`,
      ({ seq }) => seq,
    )
    return conclude(
      world,
      groups,
      (group) => finding(world, group),
      ({ at }) => at,
      'a variable that was left out of data',
    )
  },
}

const TITLE: Record<NotReducedWhy, string> = {
  unregistered: 'Left out of the data',
  duplicate: 'Two variables under one name',
  unresolved: 'Under a name that leads nowhere',
  refused: 'Cannot be data',
}

function finding(world: World, { key, newest: fact, count }: Group<NotReduced>): Found {
  const { why, context, variables, seq, stack } = fact
  const names = namesOf(world, fact)
  const isOne = variables.length + fact.more === 1
  return {
    id: `not-reduced ${key}`,
    rule: 'not-reduced',
    severity: why === 'unregistered' ? 'info' : 'warning',
    title: `${TITLE[why]}: ${names}${times(count)}`,
    what: `${contextSubject(world, context)} was made into data. ${WHAT[why](names, isOne)}`,
    advice: ADVICE[why],
    fix: why === 'unregistered' ? registered(world, fact) : [],
    stack,
    context,
    variable: variables[0] ?? null,
    token: null,
    evidence: [{ label: `${notReducedLabel(world, fact)}, of ${contextPhrase(world, context)}`, seq, context, stack }],
    crossing: null,
  }
}

/** Under which other names a variable could leave, is known to nobody here. */
const registered = (world: World, { variables }: NotReduced): LineChange[] =>
  variables.map((id) => change('register', world.variables.get(id)?.stack ?? null, { name: variableName(world, id) }))

const WHAT: Record<NotReducedWhy, (names: string, isOne: boolean) => string> = {
  unregistered: (names, isOne) =>
    `The value of ${names} is not in it, since nobody registered ${isOne ? 'that variable' : 'those variables'}.`,
  duplicate: (names) => `The value of ${names} is not in it: a newer variable is registered under the same name.`,
  unresolved: (names, isOne) =>
    `The value of ${names} is in it, but ${isOne ? 'its module has' : 'their modules have'} no such variable under the registered name, so restoring fails here.`,
  refused: (names) => `The value of ${names} cannot go that way, so there is no data at all: the page got an error.`,
}

const ADVICE: Record<NotReducedWhy, string> = {
  unregistered:
    'Register it where it is made, under a name that is the same wherever the data goes. If it is not meant to go along, there is nothing to do.',
  duplicate:
    'Register each variable under a name of its own, and take one out when another takes its place: `deregisterContextVar(variable)`.',
  unresolved: 'Register it under the name by which its module exports it, and leave `validate` on, which checks that.',
  refused:
    'Set a value that can be copied: no function, no circle of contexts; for JSON, plain objects, lists, texts and numbers. Or deregister the variable.',
}
