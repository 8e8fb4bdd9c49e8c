// The time that facts are stamped with. Asking for it exactly costs more than stating a fact does, so it is asked again only when
// the wall's clock, which is cheaper, shows another millisecond: facts of one moment have one stamp.

import type { Millis } from '../protocol'
import { now, wallNow } from './natives'

let seen = Number.NaN
let stamp = 0 as Millis

export function stampNow(): Millis {
  const wall = wallNow()
  if (wall !== seen) {
    seen = wall
    // Hundredths: finer than a browser tells, shorter to send.
    stamp = (Math.round(now() * 100) / 100) as Millis
  }
  return stamp
}
