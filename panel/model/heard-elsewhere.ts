// Listeners that found nothing. Under the policy `cause` a listener runs in a copy of the context that dispatched its event; which one added it
// is in no fact, but the line that did is. Of one line, each dispatcher is counted by itself: what one misses, another may have reset.

import type { VarRead } from '../../runtime/protocol'
import { isEventType } from './fix'
import { count } from './tally'
import type { ContextEntry, World } from './world'

export function noteHeard(world: World, { kind, api, stack, parent }: ContextEntry, read: VarRead): void {
  if (kind !== 'callback' || stack === null || world.propagation?.events !== 'cause' || !isEventType(api)) return
  // What nobody had set by then, nobody missed.
  if (world.variables.get(read.variable)?.sets == null) return
  if (read.from === 'default' || read.from === 'miss') {
    count(world.heard, `${read.variable} ${stack} ${parent}`, read)
  }
}
