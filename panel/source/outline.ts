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

/**
 * Tells one part after the other, and takes each in while the page thinks about the next. Where nobody can say, or the answer makes no
 * sense, there is no last one: then the tree grows as the log is read.
 */
export async function askOutline(
  page: InspectedPage,
  place: Place,
  epoch: string,
  tell: (part: OutlinePart, isFirst: boolean) => unknown,
): Promise<void> {
  const ask = (from: ContextId): Promise<OutlinePart | null> =>
    askOnDemand(page, place, 'outline', { epoch, from }).then(
      (asked) => (asked !== null && 'answer' in asked ? parseOutlinePart(asked.answer, from) : null),
      () => null,
    )
  // To ask whether it is there already would take as long as to bring it.
  await page.inject(place, 'outline')
  let contexts = 0
  let asked: Promise<OutlinePart | null> | null = ask(1 as ContextId)
  for (let count = 0; asked !== null && count < MOST_PARTS; count++) {
    const part: OutlinePart | null = await asked
    if (part === null) return
    contexts += part.rows.length / 3
    if (contexts > MOST_CONTEXTS) return
    asked = part.next === null ? null : ask(part.next)
    await tell(part, count === 0)
  }
}
