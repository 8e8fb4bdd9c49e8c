// Reads of code that nothing followed had started: what it touches first is known to be its own, and only as long as nothing else happens.

import type { Fact } from '../../runtime/protocol'
import { count } from './tally'
import type { World } from './world'

/** To be told each fact, before it changes the world. */
export function noteStrayed(world: World, fact: Fact): void {
  if (fact.type === 'entry-unfollowed') {
    world.strayed = fact
    return
  }
  const entry = world.strayed
  if (entry === null || fact.type === 'var-created') return
  if (fact.type !== 'var-read' || fact.context !== entry.context || fact.seq !== world.seq + 1) {
    world.strayed = null
    return
  }
  if (fact.from === 'default') count(world.strayReads, `${fact.variable} ${entry.stack}`, { read: fact, entry })
}
