// Work that was over by the time its context was asked: code that runs there may be another one's, which a queue that both share, a
// library's mostly, called when the turn of the first was over. Other work that had set the variable at the same line, and in which that
// stands, is a sign of it, and no proof.

import type { LookupFailed } from '../../../runtime/protocol'
import type { Effort } from '../effort'
import type { TokenEntry, World } from '../world'
import type { Absence } from './absence'
import type { Sets } from './sought-sets'
import { lineOf } from './source-line'
import { standsAt } from './strayed-code'

/** Only the newest sets are asked. */
const NEAR = 100

/** The set of the other work; null where nothing says that there is one. */
export function othersTurn(
  world: World,
  lookup: LookupFailed,
  absence: Absence,
  sets: Sets,
  effort: Effort,
): TokenEntry | null {
  if (absence.why !== 'reset' && absence.why !== 'reset-before-copy') return null
  const work = world.contexts.get(absence.set.context)
  // What a callback or a run awaits goes on after its end: only of a task it is known when it was over.
  if (work === undefined || work.firstTask === null || work.ended === null || work.ended.seq > lookup.seq) return null
  const line = lineOf(world, absence.set.stack)
  if (line === null) return null
  return (
    sets
      .newestBefore(lookup.seq, NEAR, effort)
      .findLast((set) => set.context !== work.id && standsAt(set, lookup.seq) && lineOf(world, set.stack) === line) ??
    null
  )
}
