// The await that was seen last. Its continuation is added to the promise only after we have heard of it, so what has to come behind
// that continuation is added at the next chance: the next await, or the end of the code that runs.

import type { Context } from '../context/context'
import { base } from '../context/storage'
import { react } from './reaction'

let promise: Promise<unknown> | null = null
let context: Context = base
let after = (): void => {}

/** An await of `awaited` in `awaiting` is about to add its continuation; `leave` is to run when that has run. */
export function openAwait(awaited: Promise<unknown>, awaiting: Context, leave: () => void): void {
  promise = awaited
  context = awaiting
  after = leave
}

/** Whether this very await is open: whatever reads the constructor again with nothing between is served by it. */
export const isOpen = (awaited: Promise<unknown>, awaiting: Context): boolean =>
  promise === awaited && context === awaiting

/** Adds what comes after the await seen last, now that its continuation is on the promise. */
export function closeAwait(): void {
  if (promise === null) return
  const awaited = promise
  promise = null
  context = base
  try {
    react(awaited, after, after)
  } catch {
    // It was given a constructor that throws meanwhile. The next marker takes over.
  }
}
