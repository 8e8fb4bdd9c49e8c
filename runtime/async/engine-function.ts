// Functions that the engine makes and hands to `then`: those that settle a promise, for `await thenable` and `Promise.all`.
// They settle a promise in the name of whoever waits, so the context that they run in is the waiter's own, not a copy.

import { getOwnPropertyDescriptor, isNative } from './natives'

/** One `reject` serves every element of a `Promise.all`: what is known need not be asked again. */
const known = new WeakSet<object>()

/**
 * Whether `then` is called with these by the engine, which hands over a pair: `once` for an await of something that is no native
 * promise, or a promise that is resolved with another; `again` for further elements of one `Promise.all` or `race`.
 */
export function engineCall(onFulfilled: unknown, onRejected: unknown): 'once' | 'again' | null {
  if (typeof onFulfilled !== 'function' || typeof onRejected !== 'function') return null
  if (known.has(onRejected)) return 'again'
  // Bound functions and the host's methods are native, too, and have names.
  if (!isNative(onRejected) || nameOf(onRejected) !== '') return null
  known.add(onRejected)
  return 'once'
}

const nameOf = (fn: object): unknown => getOwnPropertyDescriptor(fn, 'name')?.value
