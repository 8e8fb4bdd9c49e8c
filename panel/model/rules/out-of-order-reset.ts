// Sets are undone newest first, as blocks end. Where an older one is undone before, the reset of the newer one brings its value back,
// of which the token is used.

import type { Frame, StackId } from '../../../runtime/protocol'
import type { Evidence, Rule } from '../finding'
import { change, type LineChange } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { OutOfOrder, TokenEntry, World } from '../world'
import { activeIn, attachedEvidence, BY_WITH, isAttached, isKeyOfAttached } from './attached'
import { generatorOfBoth } from './generators'
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
      [...world.outOfOrder.values()].filter(
        ({ newest }) => !isKeyOfAttached(world, world.tokens.get(newest.reset.token)),
      ),
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
  const attached = newer !== undefined && isAttached(world, newer) ? newer : null
  const generator = generatorOfBoth(world, newer?.stack ?? null, reset.stack)
  return {
    id: `out-of-order-reset ${key}`,
    rule: 'out-of-order-reset',
    severity: 'warning',
    title: `${attached === null ? `Reset out of order: ${name}` : 'Disposed of out of order: attached OpenTelemetry contexts'}${times(count)}`,
    what: attached === null ? what(world, name, newest) : whatIsActive(world, newest, attached, older),
    advice:
      generator !== null
        ? `A generator has no context of its own, so what ${generator} sets is its caller’s, too: let it reset that before each \`yield\`, or go through one to its end before the next begins.`
        : setByOneLine(world, newer, older)
          ? `Give each call a context of its own, as a task: in there, it undoes its own set, and no other.`
          : attached !== null
            ? `Dispose of the newest first. ${BY_WITH}`
            : `Reset the newest set first: \`using _token = ${name}.set(value)\` does so at the end of its block. Work that takes turns with other work belongs in a task of its own: \`createTask(() => …)\`.`,
    fix:
      generator !== null
        ? []
        : setByOneLine(world, newer, older)
          ? callsInTasks(world, [older, newer])
          : attached !== null
            ? []
            : undoneByBlocks(world, name, [older, newer], reset.stack),
    stack: reset.stack,
    context: reset.context,
    variable: reset.variable,
    token: reset.token,
    evidence: [
      ...(attached === null || older === undefined ? madeEvidence(world, older) : [attachedEvidence(world, older)]),
      ...(attached === null ? madeEvidence(world, newer) : [attachedEvidence(world, attached)]),
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

function whatIsActive(
  world: World,
  { reset, revived }: OutOfOrder,
  newer: TokenEntry,
  older: TokenEntry | undefined,
): string {
  const first = older === undefined ? 'what was attached first' : activeIn(older)
  const stands = world.contexts.get(reset.context)?.holdings.get(reset.variable)?.token === revived
  return `${contextSubject(world, reset.context)} attached ${first}, then ${activeIn(newer)}, and disposed of the older one first: the disposal of the newer one made ${first} active again${stands ? ', and it still is' : ''}.`
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

/** Where both sets and both resets stand in one function, its blocks undo them in the right order. */
function undoneByBlocks(
  world: World,
  name: string,
  [older, newer]: readonly (TokenEntry | undefined)[],
  last: StackId | null,
): LineChange[] {
  if (older?.closed == null || newer === undefined) return []
  const stacks = [older.stack, newer.stack, older.closed.stack, last]
  const frames = stacks.map((stack) => (stack === null ? undefined : world.stacks[stack]?.[0]))
  const [first] = frames
  if (first === undefined || first.name === '') return []
  if (frames.some((frame) => frame?.url !== first.url || frame.name !== first.name)) return []
  const [made, madeLater, closed] = stacks
  return [
    change('using', made ?? null, { name }),
    change('using', madeLater ?? null, { name }),
    change('drop-reset', closed ?? null, { name }),
    change('drop-reset', last, { name }),
  ]
}

/** `Desk.pack`, `async pack`, `new Desk` -> the word that a call of it says. */
const functionName = ({ name }: Frame): string => /[\w$]+$/.exec(name)?.[0] ?? 'work'

function closedEvidence(world: World, older: TokenEntry | undefined): Evidence[] {
  if (older?.closed == null) return []
  const { context, variable, closed } = older
  const label = `reset ${variableName(world, variable)} by the older token in ${contextPhrase(world, context)}`
  return [{ label, seq: closed.seq, context, stack: closed.stack }]
}
