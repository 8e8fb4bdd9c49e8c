// Not a mistake of the page, but a limit of what is known of it: more happens in one go than the log of the recording holds, before anybody can
// read it. The oldest facts are let go, and a problem may have been among them. A longer log is the cure, or pauses.

import { ContextVar } from 'contextvars-devtools'
import { log } from '../log'

const leaf = new ContextVar<number>('leaf')

/** Each is a set and a reset; the log keeps 200,000 facts. */
const LEAVES = 110_000

export async function leftUnrecorded(): Promise<void> {
  let counted = 0
  while (counted < LEAVES) {
    using _leaf = leaf.set(counted)
    counted++
  }
  log(`has counted ${counted} leaves of tea, one by one`)
}
