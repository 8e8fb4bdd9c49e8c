// A tap that counts what it is told, whatever the seam grows to say.

import type { Tap } from '../../runtime/context/tap'

export interface CountingTap {
  tap: Tap
  counts(announcement: keyof Tap): number
}

export function countingTap(): CountingTap {
  const seen = new Map<PropertyKey, number>()
  const count = (announcement: PropertyKey) => () => {
    seen.set(announcement, (seen.get(announcement) ?? 0) + 1)
  }
  return {
    // A proxy has every method of a Tap, also those that are added later.
    tap: new Proxy({} as Tap, { get: (_, announcement) => count(announcement) }),
    counts: (announcement) => seen.get(announcement) ?? 0,
  }
}
