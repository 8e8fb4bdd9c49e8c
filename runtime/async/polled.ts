// Some libraries ask whatever they are given for its constructor, again and again (is it a plain object?). Of a promise that stays
// pending, each time looks like one more await, and adds reactions that nobody can take back. So there is an end to it.

import type { Context } from '../context/context'
import { type Boundary, tap } from '../context/tap'

const { random } = Math

/** One read in so many is looked at, on average: a look costs more than all the rest of an await. */
const SAMPLE = 64
/** Of so many reads of one pending promise in one context, about, no more are awaits. */
const MOST_READS = 4096

interface Suspicion {
  context: Context
  looks: number
}

/** Reads until the next look. At random, for polls come in patterns. */
let untilLook = SAMPLE
const suspicions = new WeakMap<object, Suspicion>()
/** Promises that are not followed any more, each in one context. */
const polled = new WeakMap<object, Context>()
let anyPolled = false

/** Whether `promise`, which is read in `context`, was read there so often that this is no await. */
export const isPolled = (promise: object, context: Context): boolean => anyPolled && polled.get(promise) === context

/** To be told of each read; answers whether it is looked at: then `absolve` is to be called when the promise is settled. */
export function suspect(promise: object, context: Context, boundary: Boundary): boolean {
  if (--untilLook > 0) return false
  untilLook = Math.ceil(random() * 2 * SAMPLE)
  const known = suspicions.get(promise)
  if (known?.context !== context) suspicions.set(promise, { context, looks: 1 })
  else if (++known.looks * SAMPLE >= MOST_READS) {
    polled.set(promise, context)
    anyPolled = true
    if (tap !== null) tap.awaitGivenUp?.(context, boundary)
  }
  return true
}

/** A settled promise keeps nothing: it may be awaited as often as anybody likes. */
export function absolve(promise: object): void {
  suspicions.delete(promise)
  polled.delete(promise)
}
