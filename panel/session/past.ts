// Looking back: the screen shows the world as it was just after one fact, while the page is recorded on behind it. That is reading
// only; nothing is run again.

import type { ContextId, Seq } from '../../runtime/protocol'
import { type Judgement, type Judging, judge, NOT_JUDGED } from '../model/rules'
import { factContext } from '../model/selectors/fact-labels'
import type { Timeline } from '../model/timeline'
import type { World } from '../model/world'
import type { FeedState } from './feed'

/** A moment that is looked at. */
export interface Past {
  /** The number of its fact; 0 before the first. */
  seq: Seq | 0
  world: World
  /** What the rules say of it; `NOT_JUDGED` as long as they were not asked. */
  judgement: Judgement
  /** Whose moment it is, and how often that had been told anew by then. */
  timeline: Timeline
  rewrites: number
}

/** A context as it was at a moment, to compare others with. */
export interface Pin {
  context: ContextId
  past: Past
}

/** Time and memory: those of `Timeline.at`. */
export function pastOf({ timeline }: FeedState, seq: number): Past {
  const known = timeline.upTo(seq)
  return { seq: known, world: timeline.at(known), judgement: NOT_JUDGED, timeline, rewrites: timeline.rewrites }
}

/**
 * The same moment as it is known now: facts may have come that were missing before it, and of one that was let go the oldest that is kept
 * is shown. Null where the document has begun another recording.
 */
export function pastAnew(past: Past, feed: FeedState): Past | null {
  const { timeline } = feed
  if (past.timeline !== timeline) return null
  return past.rewrites === timeline.rewrites && past.seq >= timeline.opening.seq ? past : pastOf(feed, past.seq)
}

/** Asks the rules, which look at everything for it: something for when a person rests at a moment. */
export const judgedPast = (past: Past, judging: Judging): Past => ({
  ...past,
  judgement: judge(past.world, judging),
})

/** The last picture of each moment: it is asked for many times, and is another one only where the feed is. */
const pictures = new WeakMap<Past, { feed: FeedState; seen: FeedState }>()

/** What a feed looked like at a moment; what was current there is where the moment's fact happened. */
export function seenAt(feed: FeedState, past: Past): FeedState {
  const picture = pictures.get(past)
  if (picture?.feed === feed) return picture.seen
  const { world, judgement } = past
  const fact = feed.timeline.factAt(past.seq)
  const current = fact === null ? null : factContext(world, fact)
  const where = current === null ? null : { current, task: null }
  const seen = { ...feed, world, outline: null, judgement, where, version: past.rewrites }
  pictures.set(past, { feed, seen })
  return seen
}
