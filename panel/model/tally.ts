// What happens again and again in one line: counted, with the oldest case and the newest. A page may make a mistake a million times, and worlds are
// kept at many moments, so that many cases are not.

import { KEPT_LOSSES } from './limits'

export interface Tally<Case> {
  oldest: Case
  newest: Case
  count: number
}

/** By what is one and the same, the one that happened last at the end. A tally is never edited: worlds share them. */
export type Tallies<Case> = Map<string, Tally<Case>>

export const oneMore = <Case>(tally: Tally<Case> | null, newest: Case): Tally<Case> => ({
  oldest: tally?.oldest ?? newest,
  newest,
  count: (tally?.count ?? 0) + 1,
})

export function count<Case>(tallies: Tallies<Case>, key: string, newest: Case): void {
  const tally = oneMore(tallies.get(key) ?? null, newest)
  tallies.delete(key)
  tallies.set(key, tally)
  if (tallies.size <= KEPT_LOSSES) return
  for (const oldest of tallies.keys()) {
    tallies.delete(oldest)
    return
  }
}
