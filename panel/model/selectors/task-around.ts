// The task that code in a context belongs to: the nearest context on the way up that was made for one.

import type { ContextId } from '../../../runtime/protocol'
import { ancestors } from '../entries'
import type { World } from '../world'

export function taskAround(world: World, context: ContextId): ContextId | null {
  const entry = world.contexts.get(context)
  if (entry === undefined) return null
  for (const one of [entry, ...ancestors(world, context)]) if (one.kind === 'task') return one.id
  return null
}
