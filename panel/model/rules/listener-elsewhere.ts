// A listener that is added in the middle of some work reads as if it were a part of it. It runs where its event is dispatched. It is told where a
// function that added it had set, in a line above, what the listener then missed. Whether that was one and the same call is not seen, and who
// sets the policy wants it so: this is told only where somebody asks for it.

import type { Frame, StackId, VarRead } from '../../../runtime/protocol'
import { Effort } from '../effort'
import { ancestors } from '../entries'
import type { Rule } from '../finding'
import { change } from '../fix'
import { SETS_ASKED } from '../limits'
import { framesOf } from '../selectors/frames'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { TokenEntry, World } from '../world'
import { type Sets, soughtSets } from './sought-sets'
import { groupTallies, LineNames, times } from './source-line'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'

export const listenerElsewhere: Rule = {
  id: 'listener-elsewhere',
  title: 'Listener in another context',
  why: 'A listener of the window, the document or a node runs in a copy of the context that dispatches its event, which for what a person does is the base context. What was set where it was added is not there.',
  judge(world) {
    const names = new LineNames(world)
    const effort = new Effort()
    const candidates = [...world.heard.values()].reverse()
    const setsOf = soughtSets(world, new Set(candidates.map(({ newest }) => newest.variable)))
    const told = new Map<VarRead, TokenEntry>()
    for (const { newest: read } of candidates) {
      const set = setBeforeAdding(world, read, setsOf(read.variable), effort)
      if (set !== null) told.set(read, set)
    }
    const groups = groupTallies(
      candidates.filter(({ newest }) => told.has(newest)).reverse(),
      (read) => names.of(read.variable, addedAt(world, read)),
      ({ seq }) => seq,
    )
    return conclude(
      world,
      groups,
      ({ key, newest, count }) => finding(world, key, newest, told.get(newest), count),
      ({ at }) => at,
      'a listener',
      effort.isSpent ? 'There is more than can be looked at; of the older listeners, it cannot be told.' : null,
    )
  },
}

const addedAt = (world: World, { context }: VarRead): StackId | null => world.contexts.get(context)?.stack ?? null

/** The set that the function had made by then which added the listener, and not undone; where the listener cannot see it. */
function setBeforeAdding(world: World, read: VarRead, sets: Sets, effort: Effort): TokenEntry | null {
  const added = framesOf(world.stacks, addedAt(world, read)).slice(0, CLOSE)
  if (added.length === 0 || effort.isSpent) return null
  const above = new Set([...ancestors(world, read.context, effort)].map(({ id }) => id))
  return (
    sets.newestBefore(read.seq, SETS_ASKED, effort).findLast((set) => {
      if (above.has(set.context) || set.context === read.context) return false
      return added.some(
        (frame) => isAbove(world, set.stack, frame) && !isAbove(world, set.closed?.stack ?? null, frame),
      )
    }) ?? null
  )
}

/** A function that adds listeners for others may stand between. */
const CLOSE = 3

/** Whether a line of that function, or what was called there, stands above this one. */
const isAbove = (world: World, stack: StackId | null, { name, url, line }: Frame): boolean =>
  name !== '' &&
  framesOf(world.stacks, stack).some((frame) => frame.name === name && frame.url === url && frame.line < line)

function finding(world: World, key: string, read: VarRead, set: TokenEntry | undefined, count: number): Found {
  const name = variableName(world, read.variable)
  const heard = world.contexts.get(read.context)
  const dispatcher = contextPhrase(world, heard?.parent ?? null)
  const found = read.from === 'miss' ? `found no ${name}` : `read the default of ${name}`
  return {
    id: `listener-elsewhere ${key}`,
    rule: 'listener-elsewhere',
    severity: 'info',
    title: `Listener in another context: ${name}${times(count)}`,
    what: `${contextSubject(world, read.context)} ran in a copy of ${dispatcher}, where its event was dispatched, and ${found}. The function that added it had set ${name}${set === undefined ? '' : ` to ${set.value.text} in ${contextPhrase(world, set.context)}`} by then.`,
    advice:
      "If the listener belongs to the work that added it, add `wrap(listener)`, which keeps the context of there; `install({ events: 'registration' })` does that for all. If it belongs to whoever dispatches the event, there is nothing to do.",
    fix: [change('wrap', heard?.stack ?? null)],
    stack: heard?.stack ?? null,
    context: read.context,
    variable: read.variable,
    token: set?.id ?? null,
    evidence: [
      ...madeEvidence(world, set),
      ...(heard === undefined
        ? []
        : [
            {
              label: `${heard.api} was dispatched in ${dispatcher}, to the listener that was added here`,
              seq: heard.created,
              context: heard.id,
              stack: heard.stack,
            },
          ]),
      { label: `${contextPhrase(world, read.context)} ${found}`, seq: read.seq, context: read.context, stack: null },
    ],
    crossing: null,
  }
}
