// What was told so far: the timeline of the facts, what the rules say of them, and how the link is. The page under inspection has
// a feed that grows, and an opened file another that is complete from the start.

import type { Recording, StackTable, Where } from '../../runtime/protocol'
import { emptyWorld } from '../model/advance'
import type { RuleId } from '../model/finding'
import { KEPT_BYTES } from '../model/limits'
import { outlineMore } from '../model/outline'
import { type Judgement, type Judging, judge, NOT_JUDGED } from '../model/rules'
import { inOrder, Timeline } from '../model/timeline'
import type { World } from '../model/world'
import type { BreaksHeld } from '../source/breaks'
import type { Live } from '../source/live'
import type { Link, Source } from '../source/source'
import type { Held } from '../source/wanted'
import type { KeptJudging } from './judging'
import { createPacemaker } from './pacemaker'
import { createRoad, paced, type Road } from './road'
import type { Store } from './store'
import { takeIn } from './take-in'

/** Milliseconds in which what lives is drawn, before its log keeps everybody busy. */
const A_FRAME = 20

/** A picture of a feed. The timeline is the same object while it grows: `version` tells one picture from the next. */
export interface FeedState {
  link: Link
  epoch: string | null
  timeline: Timeline
  version: number
  /** What the screen shows: the newest, or what was at a moment that somebody looks back at (`past.ts`). */
  world: World
  /**
   * What lives in the page, without values, as long as its log has not been read so far; null from then on. The rules wait for the log, too.
   */
  outline: World | null
  judgement: Judgement
  /** What is current in the page, or was at the moment that is looked back at; null for a file. */
  where: Pick<Where, 'current' | 'task'> | null
  /** When the newest facts came, by the panel's own clock. */
  heardAt: number
  /** When the recorder that answered before fell silent, by the wall clock; null while one answers, or none ever did. */
  silentSince: number | null
  /** How it is recorded; null where that was not asked. */
  held: Held | null
  /** Whether it pauses where it is to; null where it is to pause nowhere. */
  breaks: BreaksHeld | null
  /** What answers about values as they are now; null where nobody does. */
  live: Live | null
  /** How the recording comes here. It changes without another picture. */
  road: Store<Road>
}

/** Of what goes on: what is kept is bounded. */
export function emptyFeed(): FeedState {
  const timeline = new Timeline({ bytes: KEPT_BYTES })
  return {
    link: { state: 'looking' },
    epoch: null,
    timeline,
    version: timeline.version,
    world: timeline.head,
    outline: null,
    judgement: NOT_JUDGED,
    where: null,
    heardAt: performance.now(),
    silentSince: null,
    held: null,
    breaks: null,
    live: null,
    road: createRoad(),
  }
}

/** A recording that was made before: all of it is kept, as large as a file may be. */
export async function closedFeed(
  { facts, stacks, page, mutes = [] }: Recording,
  also: readonly RuleId[] = [],
): Promise<FeedState> {
  const timeline = new Timeline()
  await takeIn(timeline, { facts: inOrder(facts), stacks })
  return {
    ...emptyFeed(),
    link: { state: 'closed' },
    epoch: `${page.url} ${page.exported}`,
    timeline,
    version: timeline.version,
    world: timeline.head,
    judgement: judge(timeline.head, { mutes, also, ends: true }),
  }
}

/** A feed that nothing is added to, where something else is muted, or asked for, now. */
export const judgedAnew = (feed: FeedState, judging: Judging): FeedState => ({
  ...feed,
  judgement: judge(feed.timeline.head, { ...judging, ends: true }),
})

/** A feed of what is gone: nothing more is read, so that what was is all there is. */
export const endedFeed = (feed: FeedState, judging: Judging): FeedState =>
  feed.outline === null
    ? feed
    : judgedAnew({ ...feed, outline: null, version: feed.timeline.version, world: feed.timeline.head }, judging)

/** Listens to a source and publishes a picture after every change, a few times a second at most. Returns what ends it. */
export function startFeed(source: Source, publish: (state: FeedState) => void, kept: KeptJudging): () => void {
  const live = source.live ?? null
  let latest: FeedState = { ...emptyFeed(), live }
  /** What was judged last, and by what. */
  let judged: readonly unknown[] = [latest.timeline, latest.version, kept.judging]
  /** What lives, as far as it was told. */
  let outlining = emptyWorld()
  /** What was learnt of stacks since the last picture: each time that they are told anew, everything is looked at anew. */
  let late: StackTable | null = null
  let ended = false
  const change = (part: Partial<FeedState>) => {
    latest = { ...latest, ...part }
    pacemaker.request()
  }
  const pacemaker = createPacemaker(() => {
    const { timeline, outline } = latest
    if (late !== null) timeline.retell(late)
    late = null
    const { version, head: world } = timeline
    const toJudge = [timeline, version, kept.judging]
    if (outline !== null) latest = { ...latest, version, world }
    else if (version > 0 && toJudge.some((part, index) => part !== judged[index])) {
      judged = toJudge
      latest = { ...latest, version, world, judgement: judge(world, kept.judging) }
    }
    publish(latest)
  })
  const unwatch = kept.subscribe(() => pacemaker.request())
  const stop = source.start({
    link(link) {
      const silentSince =
        link.state === 'live' ? null : (latest.silentSince ?? (latest.epoch === null ? null : Date.now()))
      const elsewhere = link.state === 'no-runtime' || link.state === 'unreachable'
      if (elsewhere) late = null
      change({ ...(elsewhere ? { ...emptyFeed(), live } : {}), link, silentSince })
    },
    epoch(epoch) {
      late = null
      change({ ...emptyFeed(), live, link: latest.link, epoch })
    },
    async batch({ facts, stacks, bytes, capacity, silent }) {
      const { timeline, road } = latest
      road.set({ log: { bytes, capacity, silent } })
      if (facts.length === 0) return
      const isWanted = () => latest.timeline === timeline && !ended
      change({ heardAt: performance.now() })
      if (!(await takeIn(timeline, { facts, stacks }, isWanted))) return
      const { outline } = latest
      change({ outline: outline !== null && timeline.head.seq < outline.seq ? outline : null })
    },
    async outline(part, isFirst) {
      if (isFirst) outlining = emptyWorld()
      outlineMore(outlining, part)
      if (part.next !== null) return
      change({ outline: outlining })
      // The first picture of all that lives, right after one of nothing.
      pacemaker.request(true)
      // Nobody needs it any more when the history is there.
      outlining = emptyWorld()
      await new Promise((resolve) => setTimeout(resolve, A_FRAME))
    },
    stacks(stacks) {
      late = Object.assign(late ?? {}, stacks)
      pacemaker.request()
    },
    held: (held) => change({ held }),
    breaks: (breaks) => change({ breaks }),
    pace(pace) {
      latest.road.set(paced(latest.road.state, pace, performance.now()))
      // Whatever the page said of how much there would be.
      if (latest.outline !== null && pace.read >= pace.last) change({ outline: null })
    },
    where(where) {
      if (where.current !== latest.where?.current || where.task !== latest.where?.task) change({ where })
    },
  })
  return () => {
    ended = true
    stop()
    unwatch()
    pacemaker.stop()
  }
}
