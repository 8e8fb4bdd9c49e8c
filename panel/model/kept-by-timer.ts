// What a timer keeps alive: each of its calls has a copy of the context that started it, with the values of that moment. As long as the
// timer is not cleared, nobody lets go of them, whatever became of the work.

import type { ContextCreated, TokenId } from '../../runtime/protocol'
import type { ContextEntry, KeptByTimer, World } from './world'

/** More than anybody reads. */
const MOST = 10
/** Each call is looked at, so one that holds more is not: only a page that lies holds as much, again and again. */
const MOST_HELD = 1_000

/** Of its calls, the newest are compared with one more. */
const NEAR = 100

/**
 * Of its first call that is told after the task that started it was over: which of the values that this task had set are undone there. Null
 * where it keeps none, and for what a callback or a run has started: these may go on behind an await, and the timer with them.
 */
export function keptByTimer(world: World, entry: ContextEntry, call: ContextCreated): KeptByTimer | null {
  if (call.kind !== 'callback' || call.api !== 'setInterval' || entry.parent === null) return null
  const work = world.contexts.get(entry.parent)
  if (work === undefined || work.firstTask === null || entry.inherited.size > MOST_HELD) return null
  const { ended } = work
  if (ended === null || ended.seq >= call.seq || entry.asOf >= ended.seq) return null
  if (isCalledAgain(world, entry, work, ended.seq)) return null
  const tokens: TokenId[] = []
  for (const { token: id } of entry.inherited.values()) {
    const token = id === null ? undefined : world.tokens.get(id)
    // What was never reset is told as that; what others have set is theirs to keep as long as they like.
    if (token?.state !== 'used' || token.context !== work.id) continue
    if (tokens.push(token.id) === MOST) break
  }
  return tokens.length === 0 ? null : { call, tokens: tokens.sort((a, b) => a - b) }
}

/** Calls of one timer are copies of one moment, handed over by one line. */
function isCalledAgain(
  world: World,
  { id, asOf, stack }: ContextEntry,
  { children }: ContextEntry,
  end: number,
): boolean {
  return children.newest(NEAR).some((child) => {
    const other = child === id ? undefined : world.contexts.get(child)
    return other?.api === 'setInterval' && other.asOf === asOf && other.stack === stack && other.created > end
  })
}
