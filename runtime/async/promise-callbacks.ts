// Callbacks given to `then` (and so to `catch`, `finally`, `Promise.all` and its kin, which all go through it) and to
// `queueMicrotask` carry the context of their registration.

import { capture, carry } from './callback'
import { apply, NativePromise, nativeQueueMicrotask, nativeResolve, nativeThen, promisePrototype } from './natives'
import { replaceMethod, together } from './replace'
import { closeAwait, isQuiet, quietly } from './segment'

const methods = {
  // biome-ignore lint/suspicious/noThenProperty: this is the replacement of Promise.prototype.then
  then(this: Promise<unknown>, onFulfilled: unknown, onRejected: unknown): unknown {
    if (isQuiet()) return apply(nativeThen, this, [onFulfilled, onRejected])
    closeAwait()
    const context = capture('Promise.then', methods.then)
    const fulfilled = carry(onFulfilled, context)
    const rejected = carry(onRejected, context)
    return quietly(() => apply(nativeThen, this, [fulfilled, rejected]))
  },
  // It reads its argument's constructor as `await` does, but adds no continuation.
  resolve(this: typeof Promise, value: unknown): unknown {
    return quietly(() => apply(nativeResolve, this, [value]))
  },
  queueMicrotask(callback: unknown): void {
    const carried =
      typeof callback === 'function' ? carry(callback, capture('queueMicrotask', methods.queueMicrotask)) : callback
    apply(nativeQueueMicrotask, globalThis, [carried])
  },
}

/** Returns what ends it. */
export function followPromiseCallbacks(): () => void {
  return together([
    () => replaceMethod(promisePrototype, 'then', methods.then),
    () => replaceMethod(NativePromise, 'resolve', methods.resolve),
    () => replaceMethod(globalThis, 'queueMicrotask', methods.queueMicrotask),
  ])
}
