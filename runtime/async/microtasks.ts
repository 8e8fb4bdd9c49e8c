// A callback given to `queueMicrotask` runs in the copy of the context made then.

import { capture, carry, runnerFor } from './callback'
import { apply, getOwnPropertyDescriptor } from './natives'
import { replaceMethod } from './replace'
import { runMicrotask } from './segment'

/** What stands there may be ours already. */
const followers = new WeakSet<object>()

/** Begins to carry contexts into microtasks; returns what ends it. */
export function followMicrotasks(): () => void {
  const original: unknown = getOwnPropertyDescriptor(globalThis, 'queueMicrotask')?.value
  if (typeof original !== 'function' || followers.has(original)) return () => {}
  const run = runnerFor(original, runMicrotask)
  const methods = {
    queueMicrotask(callback: unknown): void {
      // biome-ignore lint/complexity/noArguments: the host counts them, and says so in its own way
      const args: unknown[] = [...arguments]
      if (typeof callback === 'function') {
        args[0] = carry(callback, capture('queueMicrotask', methods.queueMicrotask), run)
      }
      apply(original, globalThis, args)
    },
  }
  followers.add(methods.queueMicrotask)
  return replaceMethod(globalThis, 'queueMicrotask', methods.queueMicrotask)
}
