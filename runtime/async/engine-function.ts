// Functions that the engine makes and hands to `then`: those that settle a promise, for `await thenable` and `Promise.all`.
// They settle a promise in the name of whoever waits, so the context that they run in is the waiter's own, not a copy.

import { isNative } from './natives'

/** One `reject` serves every element of a `Promise.all`: what is known need not be asked again. */
const known = new WeakSet<object>()

/** Whether `then` is called with these by the engine: it hands over a pair, and both are native and have no name. */
export function areEngineFunctions(onFulfilled: unknown, onRejected: unknown): boolean {
  if (typeof onFulfilled !== 'function' || typeof onRejected !== 'function') return false
  if (known.has(onRejected)) return true
  // Bound functions and the host's methods are native, too, and have names.
  if (onRejected.name !== '' || onFulfilled.name !== '') return false
  if (!isNative(onRejected)) return false
  known.add(onRejected)
  return true
}
