// Asks a page that was recorded for long which contexts live, so that its tree is there before its log is read.

import type { ContextId, OutlinePart } from '../../runtime/protocol'
import { parseOutlinePart } from '../model/recording'
import type { InspectedPage, Place } from './inspected-page'
import { askOnDemand } from './on-demand'

/** A log with so many unread facts is long: to read them takes about as long as to ask. */
export const LONG_LOG = 30_000

/** More than a page has that anybody could look at. */
const MOST_PARTS = 100
const MOST_CONTEXTS = 500_000

/** Null where nobody can say, or the answer makes no sense: then the tree grows as the log is read. */
export async function askOutline(
  page: InspectedPage,
  place: Place,
  epoch: string,
): Promise<readonly OutlinePart[] | null> {
  const parts: OutlinePart[] = []
  let contexts = 0
  let from: ContextId | null = 1 as ContextId
  while (from !== null) {
    const asked = await askOnDemand(page, place, 'outline', { epoch, from })
    const part: OutlinePart | null = asked !== null && 'answer' in asked ? parseOutlinePart(asked.answer, from) : null
    if (part === null || parts.push(part) > MOST_PARTS) return null
    contexts += part.rows.length / 3
    if (contexts > MOST_CONTEXTS) return null
    from = part.next
  }
  return parts
}
