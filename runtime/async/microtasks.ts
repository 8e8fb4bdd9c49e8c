// A callback given to `queueMicrotask` runs in the copy of the context made then.

import { capture, carry, type Runner } from './callback'
import { apply, getOwnPropertyDescriptor, isNative } from './natives'
import { replaceMethod } from './replace'
import { runMicrotask, runSegment } from './segment'

/** Begins to carry contexts into microtasks; returns what ends it. */
export function followMicrotasks(): () => void {
  const original: unknown = getOwnPropertyDescriptor(globalThis, 'queueMicrotask')?.value
  if (typeof original !== 'function') return () => {}
  // A page's zone.js calls callbacks from a queue of its own, and goes on afterwards.
  const run: Runner = isNative(original) ? runMicrotask : runSegment
  const methods = {
    queueMicrotask(callback: unknown): void {
      const carried =
        typeof callback === 'function'
          ? carry(callback, capture('queueMicrotask', methods.queueMicrotask), run)
          : callback
      apply(original, globalThis, [carried])
    },
  }
  return replaceMethod(globalThis, 'queueMicrotask', methods.queueMicrotask)
}
