// How one context came from another: the copy that was made, what was called for it, and what the copy took along.

import type { ContextId, Millis, Seq, StackId } from '../../../runtime/protocol'
import type { Timeline } from '../timeline'
import { variableName } from './labels'

export interface Hop {
  from: ContextId
  to: ContextId
  /** What was called: `setTimeout`, `createTask`. */
  api: string | null
  /** The fact that tells of it; null where the copy was there before the recording, or before what it has left. */
  told: { seq: Seq; at: Millis } | null
  /** The fact after which it was made, where that was long before: most callbacks are told of when they first do something. */
  madeAfter: number | null
  stack: StackId | null
  /** The names of the variables whose values went along, in the order of the alphabet. */
  took: string[]
}

/** The hop that led to a context; null where none did, as to the base context and to those that began empty. */
export function hopTo(timeline: Timeline, context: ContextId): Hop | null {
  const world = timeline.head
  const entry = world.contexts.get(context)
  if (entry === undefined || entry.parent === null) return null
  const { parent, api, created, createdAt, asOf, stack, inherited } = entry
  const isTold = timeline.factAt(created)?.type === 'context-created'
  return {
    from: parent,
    to: context,
    api,
    told: isTold ? { seq: created, at: createdAt } : null,
    madeAfter: isTold && wasToldLate(timeline, asOf, created) ? asOf : null,
    stack,
    took: [...inherited.keys()].map((variable) => variableName(world, variable)).sort(),
  }
}

/** Whether anything happened between a copy and the telling of it, but that others were told of which it needs. */
function wasToldLate(timeline: Timeline, asOf: number, created: Seq): boolean {
  let between = created - 1
  while (between > asOf && timeline.factAt(between)?.type === 'context-created') between--
  return asOf > 0 && between > asOf
}
