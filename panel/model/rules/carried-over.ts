// Work that begins in the copy of other work, of the same kind and over by then: its callback was handed over there. That is only told
// where both set the variable at one line, and the later one had read what the earlier one left.

import { ancestors } from '../entries'
import type { Evidence, Rule } from '../finding'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { CarriedOver, TokenEntry, World } from '../world'
import { type Group, groupTallies, LineNames, lineOf, times } from './source-line'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'

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
    )
  },
}

/** Whoever does something else there makes use of the value. */
function isOfOneLine(world: World, { set, token }: CarriedOver): boolean {
  const line = lineOf(world, set.stack)
  return line !== null && line === lineOf(world, world.tokens.get(token)?.stack ?? null)
}

function finding(world: World, { key, newest, count }: Group<CarriedOver>): Found {
  const { read, set, callback, token: id } = newest
  const token = world.tokens.get(id)
  const name = variableName(world, set.variable)
  const last = token === undefined ? 'another context' : contextPhrase(world, token.context)
  const value = token === undefined ? '' : ` = ${token.value.text}`
  const way = contextPhrase(world, callback)
  return {
    id: `carried-over ${key}`,
    rule: 'carried-over',
    severity: 'info',
    title: `Value carried over: ${name}${times(count)}`,
    what: `${contextSubject(world, set.context)} began with ${name}${value}, and read it, before it set its own at the very line where ${last} had set that. ${last === 'another context' ? 'That' : contextSubject(world, token?.context ?? null)} was done with it by then: it came along with ${way}, a copy made while it stood.`,
    advice: `If each is to begin anew, hand the callback over where nothing is set yet, or start the work in a context of its own: \`createTask(work, { context: new Context() })\`. If the one goes on with what the other began, there is nothing to do.`,
    fix: [],
    stack: set.stack,
    context: set.context,
    variable: set.variable,
    token: id,
    evidence: [
      ...madeEvidence(world, token),
      ...overEvidence(world, name, token),
      ...callbackEvidence(world, newest),
      {
        label: `${contextPhrase(world, set.context)} read ${name}, inherited`,
        seq: read.seq,
        context: set.context,
        stack: null,
      },
      {
        label: `set ${name} = ${set.value.text} in ${contextPhrase(world, set.context)}`,
        seq: set.seq,
        context: set.context,
        stack: set.stack,
      },
    ],
    crossing: null,
  }
}

function overEvidence(world: World, name: string, token: TokenEntry | undefined): Evidence[] {
  if (token === undefined) return []
  const { context, state, closed } = token
  const where = contextPhrase(world, context)
  if (state === 'used' && closed !== null) {
    return [{ label: `reset ${name} in ${where}`, seq: closed.seq, context, stack: closed.stack }]
  }
  const ended = world.contexts.get(context)?.ended
  return ended == null ? [] : [{ label: `${where} ended`, seq: ended.seq, context, stack: null }]
}

/** How the one came to start in a copy of the other. */
function callbackEvidence(world: World, { callback, set }: CarriedOver): Evidence[] {
  const copy = world.contexts.get(callback)
  if (copy === undefined) return []
  const label = `${contextPhrase(world, callback)} was copied from ${contextPhrase(world, copy.parent)}`
  const found: Evidence[] = [{ label, seq: copy.created, context: callback, stack: copy.stack }]
  const started = world.contexts.get(set.context)
  const isBelow = [...ancestors(world, set.context)].some(({ id }) => id === callback)
  if (started === undefined || !isBelow) return found
  const { id, created, stack } = started
  found.push({ label: `${contextPhrase(world, id)} began there`, seq: created, context: id, stack })
  return found
}
