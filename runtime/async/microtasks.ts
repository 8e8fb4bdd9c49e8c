// A callback given to `queueMicrotask` runs in the copy of the context made then.

import { capture, carry } from './callback'
import { apply, getOwnPropertyDescriptor } from './natives'
import { replaceMethod } from './replace'
import { runMicrotask } from './segment'

/** Begins to carry contexts into microtasks; returns what ends it. */
export function followMicrotasks(): () => void {
  const native: unknown = getOwnPropertyDescriptor(globalThis, 'queueMicrotask')?.value
  if (typeof native !== 'function') return () => {}
  const methods = {
    queueMicrotask(callback: unknown): void {
      const carried =
        typeof callback === 'function'
          ? carry(callback, capture('queueMicrotask', methods.queueMicrotask), runMicrotask)
          : callback
      apply(native, globalThis, [carried])
    },
  }
  return replaceMethod(globalThis, 'queueMicrotask', methods.queueMicrotask)
}
