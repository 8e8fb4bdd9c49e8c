// What was told so far: the timeline of the facts, what the rules say of them, and how the link is. The page under inspection has
// a feed that grows, and an opened file another that is complete from the start.

import type { Mute, Recording, Where } from '../../runtime/protocol'
import type { KeptMutes } from '../model/mutes'
import { type Judgement, judge, NOT_JUDGED } from '../model/rules'
import { inOrder, Timeline } from '../model/timeline'
import type { World } from '../model/world'
import type { BreaksHeld } from '../source/breaks'
import type { Live } from '../source/live'
import type { Link, Source } from '../source/source'
import type { Held } from '../source/wanted'
import { createPacemaker } from './pacemaker'
import { createRoad, paced, type Road } from './road'
import type { Store } from './store'
import { takeIn } from './take-in'

/** A picture of a feed. The timeline is the same object while it grows: `version` tells one picture from the next. */
export interface FeedState {
  link: Link
  epoch: string | null
  timeline: Timeline
  version: number
  /** What the screen shows: the newest, or what was at a moment that somebody looks back at (`past.ts`). */
  world: World
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

export function emptyFeed(): FeedState {
  const timeline = new Timeline()
  return {
    link: { state: 'looking' },
    epoch: null,
    timeline,
    version: timeline.version,
    world: timeline.head,
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

/** A recording that was made before, whole. */
export async function closedFeed({ facts, stacks, page, mutes = [] }: Recording): Promise<FeedState> {
  const timeline = new Timeline()
  await takeIn(timeline, { facts: inOrder(facts), stacks })
  return {
    ...emptyFeed(),
    link: { state: 'closed' },
    epoch: `${page.url} ${page.exported}`,
    timeline,
    version: timeline.version,
    world: timeline.head,
    judgement: judge(timeline.head, { mutes }),
  }
}

/** A feed that nothing is added to, where something else is muted now. */
export const judgedAnew = (feed: FeedState, mutes: readonly Mute[]): FeedState => ({
  ...feed,
  judgement: judge(feed.timeline.head, { mutes }),
})

/** Listens to a source and publishes a picture after every change, a few times a second at most. Returns what ends it. */
export function startFeed(source: Source, publish: (state: FeedState) => void, kept: KeptMutes): () => void {
  const live = source.live ?? null
  let latest: FeedState = { ...emptyFeed(), live }
  let judgedBy = kept.mutes
  let ended = false
  const change = (part: Partial<FeedState>) => {
    latest = { ...latest, ...part }
    pacemaker.request()
  }
  const pacemaker = createPacemaker(() => {
    const { timeline } = latest
    if (timeline.version !== latest.version || judgedBy !== kept.mutes) {
      judgedBy = kept.mutes
      const { version, head: world } = timeline
      latest = { ...latest, version, world, judgement: judge(world, kept) }
    }
    publish(latest)
  })
  const unwatch = kept.subscribe(() => pacemaker.request())
  const stop = source.start({
    link(link) {
      const silentSince =
        link.state === 'live' ? null : (latest.silentSince ?? (latest.epoch === null ? null : Date.now()))
      const elsewhere = link.state === 'no-runtime' || link.state === 'unreachable'
      change({ ...(elsewhere ? { ...emptyFeed(), live } : {}), link, silentSince })
    },
    epoch(epoch) {
      change({ ...emptyFeed(), live, link: latest.link, epoch })
    },
    async batch({ facts, stacks, bytes, capacity, silent }) {
      const { timeline, road } = latest
      road.set({ log: { bytes, capacity, silent } })
      if (facts.length === 0) return
      const isWanted = () => latest.timeline === timeline && !ended
      change({ heardAt: performance.now() })
      if (await takeIn(timeline, { facts, stacks }, isWanted)) pacemaker.request()
    },
    held: (held) => change({ held }),
    breaks: (breaks) => change({ breaks }),
    pace: (pace) => latest.road.set(paced(latest.road.state, pace, performance.now())),
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
