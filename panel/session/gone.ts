// Documents that have gone and stay to be looked at: the newest, as many as there is room for.

import { KEPT_BYTES } from '../model/limits'
import type { Judging } from '../model/rules'
import { endedFeed } from './feed'
import type { DocumentState } from './frames'
import type { SessionState } from './state'

/** More of them nobody looks through. */
const MOST_GONE = 10

/** Of these, which come oldest first, those that are kept: the last one always, and before it what together is no more than one may be. */
export function newestGone(gone: readonly DocumentState[]): DocumentState[] {
  const kept: DocumentState[] = []
  let bytes = 0
  for (const one of gone.slice(-MOST_GONE).reverse()) {
    bytes += one.feed.timeline.bytes
    if (kept.length > 0 && bytes > KEPT_BYTES) break
    kept.unshift(one)
  }
  return kept
}

/** What is kept when the page is another one now. */
export function keptWith({ preserve, kept, page }: SessionState, judging: Judging): SessionState['kept'] {
  if (!preserve || page.timeline.facts.length === 0) return kept
  const left: DocumentState = {
    key: `left ${page.epoch}`,
    kind: 'page',
    url: `until ${new Date().toLocaleTimeString('en-GB')}`,
    worker: null,
    feed: endedFeed(page, judging),
    gone: true,
  }
  const others = kept.filter(({ key }) => key !== left.key)
  // Before what was in its frames, which left a moment ago.
  others.splice(others.findLastIndex(({ kind }) => kind === 'page') + 1, 0, left)
  return newestGone(others)
}

/** What is kept when what the page has in it is `known` now: what was there before, and has something to tell. */
export function keptWithFrames(
  { preserve, kept, frames }: SessionState,
  known: readonly DocumentState[],
  judging: Judging,
): SessionState['kept'] {
  if (!preserve) return kept
  const isKnown = ({ feed }: DocumentState) => known.some((one) => one.feed.timeline === feed.timeline)
  const left = frames.filter((one) => one.feed.timeline.facts.length > 0 && !isKnown(one))
  if (left.length === 0) return kept
  const gone = left.map((one) => ({
    ...one,
    key: `left ${one.feed.epoch}`,
    feed: endedFeed(one.feed, judging),
    gone: true,
  }))
  return newestGone([...kept, ...gone])
}
