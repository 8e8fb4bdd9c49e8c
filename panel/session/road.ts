// How the recording comes here: what it occupies in the page, and how often the page is asked for more. This changes with every
// answer, so it stands beside the picture of the feed: nothing else has to be drawn again for it.

import type { Batch } from '../../runtime/protocol'
import type { Pace } from '../source/source'
import { createStore, type Store } from './store'

export interface Road {
  /** What the page's log occupies, and how many callbacks it has only counted. */
  log: Pick<Batch, 'bytes' | 'capacity' | 'silent'> | null
  /** `reading`: there is more than was read, and has been for a while. */
  pace: { state: 'asked'; wait: number } | { state: 'reading'; read: number; last: number } | null
  /** Since when there is more than was read; null where there is not. */
  behindSince: number | null
}

export const createRoad = (): Store<Road> => createStore<Road>({ log: null, pace: null, behindSince: null })

/** Milliseconds for which being behind is ordinary: said at once, it would flicker with each burst of facts. */
const ORDINARY = 500

/** The road after a question, at the moment `now`. */
export function paced(
  { pace, behindSince }: Road,
  { wait, read, last }: Pace,
  now: number,
): Pick<Road, 'pace' | 'behindSince'> {
  if (read >= last) return { pace: { state: 'asked', wait }, behindSince: null }
  const since = behindSince ?? now
  return { pace: now - since < ORDINARY ? pace : { state: 'reading', read, last }, behindSince: since }
}
