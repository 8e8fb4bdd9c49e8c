// How a context stands, as far as facts can tell. A run and a callback are told to end when their function returns, and an async function
// returns at its first await: it goes on in the context later. Nobody is told when such a promise is settled; a task is told of to its end.

import type { Millis } from '../../../runtime/protocol'
import type { ContextEntry } from '../world'

/**
 * - `alive`: its unit of work goes on, or it never had one
 * - `left`: its run or callback has returned; nothing tells whether that was all
 * - `may-go-on`: the same, and somebody waits for what it returned, or its code went on afterwards
 * - `ended`: its task is settled, or its function threw
 * - `collected`: the garbage collector took it, so nothing goes on there
 */
export type Standing = 'alive' | 'left' | 'may-go-on' | 'ended' | 'collected'

export const standingWords: Record<Standing, string> = {
  alive: 'alive',
  left: 'left',
  'may-go-on': 'may go on',
  ended: 'ended',
  collected: 'collected',
}

export function standingOf(entry: ContextEntry): Standing {
  if (entry.state !== 'ended') return entry.state
  if (!isJudgedByReturn(entry)) return 'ended'
  return entry.isAwaited || entry.resumed !== null ? 'may-go-on' : 'left'
}

/** Whether it is none of those that are over, or left with nothing more told of them. */
export function goesOn(entry: ContextEntry): boolean {
  const standing = standingOf(entry)
  return standing === 'alive' || standing === 'may-go-on'
}

/**
 * Whether the end that is told of it is that of a function that returned. An async function does not throw at its call. (Of what an outline or
 * a census lists as over, no more is known than its kind.)
 */
export function isJudgedByReturn({ kind, state, task, ended, failures }: ContextEntry): boolean {
  if (kind === 'task' || ended?.unseen === true) return false
  // Its task was the last that ended there, and no run.
  if (task !== null && ended?.left !== true) return false
  return ended === null ? state === 'ended' : failures.at(-1)?.seq !== ended.seq
}

/** The last that is known of it; null where it goes on, or may. */
export function endOf(entry: ContextEntry): Millis | null {
  const { ended, resumed } = entry
  if (ended === null || standingOf(entry) === 'may-go-on') return null
  return Math.max(ended.at, resumed?.at ?? 0) as Millis
}
