// Work that begins in the copy of other work, of the same kind and over by then: its callback was handed over there. That is only told
// where both set the variable at one line, and the later one had read what the earlier one left.

import { NOT_TAKEN } from '../../../runtime/protocol'
import { ancestors } from '../entries'
import type { Evidence, Rule } from '../finding'
import { handedOverAnew } from '../fix'
import { contextPhrase, contextPhrases, variableName } from '../selectors/labels'
import type { CarriedOver, World } from '../world'
import { type Group, groupTallies, LineNames, lineOf, times } from './source-line'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'
import { overEvidence } from './work-over'

export const carriedOver: Rule = {
  id: 'carried-over',
  title: 'Value carried over',
  why: 'A callback runs in a copy of the context that it was handed over in. Where a piece of work hands over the callback that starts the next one, a listener or a timer that is set anew, the next one starts with the values of the last, although that is over.',
  judge(world) {
    const names = new LineNames(world)
    const groups = groupTallies(
      [...world.carriedOver.values()].filter(({ newest }) => isOfOneLine(world, newest)),
      ({ set }) => names.of(set.variable, set.stack),
      ({ set }) => set.seq,
    )
    return conclude(
      world,
      groups,
      (group) => finding(world, group),
      ({ set }) => set.at,
      'a value that was carried over',
      [...world.carriedOver.values()].some(({ newest }) => isWithoutLine(world, newest)) ? WITHOUT_LINE : null,
    )
  },
}

const WITHOUT_LINE =
  'Of sets that came after a value of other work, the lines were not recorded; whether one of them was carried over cannot be told.'

/** Nobody looked from where it was called, so that recording stays cheap. */
const isWithoutLine = (world: World, { set, token }: CarriedOver): boolean =>
  set.stack === NOT_TAKEN || world.tokens.get(token)?.stack === NOT_TAKEN

/** Whoever does something else there makes use of the value. */
function isOfOneLine(world: World, { set, token }: CarriedOver): boolean {
  const line = lineOf(world, set.stack)
  return line !== null && line === lineOf(world, world.tokens.get(token)?.stack ?? null)
}

function finding(world: World, { key, newest, count }: Group<CarriedOver>): Found {
  const { read, set, callback, token: id } = newest
  const token = world.tokens.get(id)
  const name = variableName(world, set.variable)
  const [earlier, later] = contextPhrases(world, token?.context ?? null, set.context)
  const handedOver = world.contexts.get(callback)
  return {
    id: `carried-over ${key}`,
    rule: 'carried-over',
    severity: 'info',
    title: `Value carried over: ${name}${times(count)}`,
    what: `${later.charAt(0).toUpperCase()}${later.slice(1)} began with ${name}${token === undefined ? '' : ` = ${token.value.text}`}, the value of ${earlier}, which had ${token?.state === 'used' ? 'reset it' : 'ended'} by then, and read it before it set its own. It came along with ${contextPhrase(world, callback)}, which was handed over while that value was set, and runs in a copy of that moment.`,
    advice:
      'If each is to begin anew, hand the callback over where nothing is set, such as in a `new Context()`, or start the work in a context of its own: `createTask(work, { context: new Context() })`. If the one goes on with what the other began, there is nothing to do.',
    fix: handedOver === undefined ? [] : [handedOverAnew(handedOver)],
    stack: set.stack,
    context: set.context,
    variable: set.variable,
    token: id,
    evidence: [
      ...madeEvidence(world, token, earlier),
      ...overEvidence(world, token, earlier),
      ...callbackEvidence(world, newest, earlier, later),
      {
        label: `${later} read ${name}, inherited`,
        seq: read.seq,
        context: set.context,
        stack: null,
      },
      {
        label: `set ${name} = ${set.value.text} in ${later}`,
        seq: set.seq,
        context: set.context,
        stack: set.stack,
      },
    ],
    crossing: null,
  }
}

/** How the one came to start in a copy of the other. */
function callbackEvidence(world: World, { callback, set }: CarriedOver, earlier: string, later: string): Evidence[] {
  const copy = world.contexts.get(callback)
  if (copy === undefined) return []
  const label = `${contextPhrase(world, callback)} was copied from ${earlier}`
  const found: Evidence[] = [{ label, seq: copy.created, context: callback, stack: copy.stack }]
  const started = world.contexts.get(set.context)
  const isBelow = [...ancestors(world, set.context)].some(({ id }) => id === callback)
  if (started === undefined || !isBelow) return found
  const { id, created, stack } = started
  found.push({ label: `${later} began there`, seq: created, context: id, stack })
  return found
}
