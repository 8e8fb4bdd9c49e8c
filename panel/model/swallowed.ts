// Refused resets that came to nobody's notice. Whether somebody catches an error is not seen; that the task in which it was thrown came to a
// good end all the same is: it was caught there, or left to a promise that it never waited for.

import type { TaskSettled, TokenError } from '../../runtime/protocol'
import { count } from './tally'
import type { ContextEntry, World } from './world'

/** Of one task, the newest are remembered; and so far up it is looked for the task. */
const NEAR = 8

export function noteRefused(world: World, refusal: TokenError): void {
  const known = taskAround(world, world.contexts.get(refusal.context))
  const task = known === undefined ? undefined : world.contexts.edit(known.id)
  if (task !== undefined) task.refused = [...task.refused.slice(1 - NEAR), refusal]
}

export function noteSettled(world: World, context: ContextEntry, { outcome, seq }: TaskSettled): void {
  if (context.refused.length === 0) return
  for (const refusal of outcome === 'fulfilled' ? context.refused : []) {
    count(world.swallowed, `${refusal.variable} ${refusal.stack}`, { refusal, task: context.id, settled: seq })
  }
  context.refused = []
}

/**
 * The context of the task that fails where the error is not caught: its own, or that of a callback of a promise, whose error is the
 * promise's. An error in any other callback is the host's, which reports it, and what becomes of a run is not known. Where several tasks
 * share a context, neither is whose code it was.
 */
function taskAround(world: World, context: ContextEntry | undefined): ContextEntry | undefined {
  let entry = context
  for (let left = NEAR; left > 0 && entry !== undefined; left--) {
    if (entry.firstTask !== null) return entry.tasks === 1 ? entry : undefined
    if (!entry.api?.startsWith('Promise.') || entry.parent === null) return undefined
    entry = world.contexts.get(entry.parent)
  }
  return undefined
}
