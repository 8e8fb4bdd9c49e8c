// Sets are undone newest first, as blocks end. Where an older one is undone before, the reset of the newer one brings its value back,
// of which the token is used.

import type { Frame } from '../../../runtime/protocol'
import type { Evidence, Rule } from '../finding'
import { change, type LineChange } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { OutOfOrder, TokenEntry, World } from '../world'
import { type Group, groupTallies, LineNames, lineOf, times } from './source-line'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'

export const outOfOrderReset: Rule = {
  id: 'out-of-order-reset',
  title: 'Reset out of order',
  why: 'A reset puts back what was there before its set. Where two pieces of work take turns in one context, the older set is undone first, and the reset of the newer one brings the older value back, after the work that it was meant for.',
  judge(world) {
    const names = new LineNames(world)
    const groups = groupTallies(
      world.outOfOrder.values(),
      ({ reset: { variable, stack } }) => names.of(variable, stack),
      ({ reset }) => reset.seq,
    )
    return conclude(
      world,
      groups,
      (group) => finding(world, group),
      ({ reset }) => reset.at,
      'a reset out of order',
    )
  },
}

function finding(world: World, { key, newest, count }: Group<OutOfOrder>): Found {
  const { reset, revived } = newest
  const name = variableName(world, reset.variable)
  const newer = world.tokens.get(reset.token)
  const older = world.tokens.get(revived)
  return {
    id: `out-of-order-reset ${key}`,
    rule: 'out-of-order-reset',
    severity: 'warning',
    title: `Reset out of order: ${name}${times(count)}`,
    what: what(world, name, newest),
    advice: setByOneLine(world, newer, older)
      ? `Give each call a context of its own, as a task: in there, it undoes its own set, and no other.`
      : `Reset the newest set first: \`using token = ${name}.set(value)\` does so at the end of its block. Work that takes turns with other work belongs in a task of its own: \`createTask(() => …)\`.`,
    fix: setByOneLine(world, newer, older) ? callsInTasks(world, [older, newer]) : [],
    stack: reset.stack,
    context: reset.context,
    variable: reset.variable,
    token: reset.token,
    evidence: [
      ...madeEvidence(world, older),
      ...madeEvidence(world, newer),
      ...closedEvidence(world, older),
      {
        label: `reset ${name} by the newer token: ${reset.value?.text ?? 'nothing'} again`,
        seq: reset.seq,
        context: reset.context,
        stack: reset.stack,
      },
    ],
    crossing: null,
  }
}

function what(world: World, name: string, { reset, revived }: OutOfOrder): string {
  const newer = world.tokens.get(reset.token)
  const value = reset.value?.text ?? 'its value'
  const stands = world.contexts.get(reset.context)?.holdings.get(reset.variable)?.token === revived
  const then = newer === undefined ? 'something else' : newer.value.text
  const ways = setByOneLine(world, newer, world.tokens.get(revived))
    ? ' One line made both sets: two calls of it took turns in one context.'
    : ''
  return `${contextSubject(world, reset.context)} set ${name} to ${value}, then to ${then}, and reset the older one first: the reset of the newer one brought ${value} back${stands ? ', which still stands there' : ''}.${ways}`
}

function setByOneLine(world: World, newer: TokenEntry | undefined, older: TokenEntry | undefined): boolean {
  const [one, other] = [newer, older].map((token) => lineOf(world, token?.stack ?? null))
  return one !== null && one === other
}

/** The lines that called the function with the set. Two sets of two functions may as well be two blocks that end in the wrong order. */
function callsInTasks(world: World, tokens: readonly (TokenEntry | undefined)[]): LineChange[] {
  const calls = new Map<string, LineChange>()
  for (const { stack } of tokens.filter((token) => token !== undefined)) {
    const [own, caller] = (stack === null ? undefined : world.stacks[stack]) ?? []
    const line = caller === undefined ? '' : `${caller.url}:${caller.line}`
    if (own !== undefined) calls.set(line, change('task', stack, { frame: 1, name: functionName(own) }))
  }
  // What was called from nowhere that is known says nothing beside a line that is.
  if (calls.size > 1) calls.delete('')
  return [...calls.values()]
}

/** `Desk.pack`, `async pack`, `new Desk` -> the word that a call of it says. */
const functionName = ({ name }: Frame): string => /[\w$]+$/.exec(name)?.[0] ?? 'work'

function closedEvidence(world: World, older: TokenEntry | undefined): Evidence[] {
  if (older?.closed == null) return []
  const { context, variable, closed } = older
  const label = `reset ${variableName(world, variable)} by the older token in ${contextPhrase(world, context)}`
  return [{ label, seq: closed.seq, context, stack: closed.stack }]
}
