// A recording that ends while work goes on says nothing of the sets that this work has still to undo.

import { grouped } from '../selectors/grouped'
import { standingOf } from '../selectors/standing'
import type { World } from '../world'

/** What cannot be told of them; null where there are none. */
export function openAtEnd(world: World): string | null {
  let open = 0
  for (const context of world.contexts.values()) {
    const standing = standingOf(context)
    if (standing !== 'ended' && standing !== 'collected') open += context.open
  }
  if (open === 0) return null
  const sets = open === 1 ? '1 set was' : `${grouped(open)} sets were`
  return `The recording ends when ${sets} still to be reset by work that goes on, or may; one that is never reset may be among them.`
}
