// What a task sets, or a run of a copy, is seen by nobody outside. That is what copies are for; it is only told where somebody waited for
// the work and then found nothing but the default.

import type { ContextId } from '../../../runtime/protocol'
import type { Finding, Rule } from '../finding'
import { change } from '../fix'
import { isOnlyOne } from '../left-behind'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { LeftInCopy, TokenEntry, World } from '../world'
import { neverResetId } from './forgotten-sets'
import { type Group, groupTallies, LineNames, times } from './source-line'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'
import { endEvidence } from './work-over'

const ID = 'left-in-copy '

/** The note that such a finding stands in the place of: one set is one note, which says that it was never reset, too. */
export const toldWith = ({ rule, id }: Finding): string | null =>
  rule === 'left-in-copy' ? neverResetId(id.slice(ID.length)) : null

export const leftInCopy: Rule = {
  id: 'left-in-copy',
  title: 'Value left in a copy',
  why: 'A task works in a copy of its maker’s context, and so does what runs in a copy: what is set there stays there, and goes away with the copy. Who waits for the work finds what was there before.',
  judge(world) {
    return conclude(
      world,
      leftInCopies(world),
      (group) => finding(world, group),
      ({ read }) => read.at,
      'a value that a copy was given',
    )
  },
}

/** By the variable and the line of the set. */
function leftInCopies(world: World): Group<LeftInCopy>[] {
  const names = new LineNames(world)
  // Whether others set it, too, shows later.
  const alone = [...world.leftInCopy.values()].filter(({ newest }) => isOnlyOne(world, newest))
  return groupTallies(
    alone,
    ({ read, token }) => names.of(read.variable, setOf(world, token)?.stack ?? null),
    ({ read }) => read.seq,
  )
}

const setOf = (world: World, token: LeftInCopy['token']): TokenEntry | undefined => world.tokens.get(token)

/** A copy that was made by hand is in somebody's hands. */
const howToGetIt = (world: World, name: string, work: ContextId): string =>
  world.contexts.get(work)?.kind === 'copy'
    ? `ask the copy for it, \`context.get(${name})\``
    : 'return it from the work'

function finding(world: World, { key, newest, count }: Group<LeftInCopy>): Found {
  const { read, awaited, token } = newest
  const name = variableName(world, read.variable)
  const who = contextPhrase(world, read.context)
  const work = contextPhrase(world, awaited.work)
  const made = setOf(world, token)
  const task = world.contexts.get(awaited.work)
  const isTask = task?.api === 'createTask'
  return {
    id: `${ID}${key}`,
    rule: 'left-in-copy',
    severity: 'info',
    title: `Value left in a copy: ${name}${times(count)}`,
    what: `${contextSubject(world, awaited.work)} set ${name}${made === undefined ? '' : ` to ${made.value.text}`}, in its copy of the context of ${who}${made === undefined || made.state === 'used' ? '' : ', and did not reset it'}. ${contextSubject(world, read.context)} waited for it, and then read the default of ${name}: what a copy is given never reaches the context that it was copied from.`,
    advice: `If ${who} is to have the value, ${howToGetIt(world, name, awaited.work)}, or let the work run in the same context${isTask ? ', without a task' : ', without a task or a run of its own'}. Otherwise there is nothing to do.`,
    // Of a copy that something runs in, the line that waits for it is the one that is known.
    fix: [change('await', isTask ? task.stack : awaited.stack)],
    stack: made?.stack ?? null,
    context: read.context,
    variable: read.variable,
    token,
    evidence: [
      ...madeEvidence(world, made),
      ...endEvidence(world, awaited.work),
      { label: `${who} waited for ${work}`, seq: awaited.seq, context: awaited.context, stack: awaited.stack },
      { label: `${who} read ${name}, by default`, seq: read.seq, context: read.context, stack: null },
    ],
    crossing: null,
  }
}
