// Listeners that found nothing. Under the policy `cause` a listener runs in a copy of the context that dispatched its event; which one added it
// is in no fact, but the line that did is.

import type { VarRead } from '../../runtime/protocol'
import { isEventType } from './fix'
import { count } from './tally'
import type { ContextEntry, World } from './world'

export function noteHeard(world: World, { kind, api, stack }: ContextEntry, read: VarRead): void {
  if (kind !== 'callback' || stack === null || world.propagation?.events !== 'cause' || !isEventType(api)) return
  if (read.from === 'default' || read.from === 'miss') count(world.heard, `${read.variable} ${stack}`, read)
}
