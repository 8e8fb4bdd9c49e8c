// For schedulers of one's own: a pool, a queue, an event emitter, anything that keeps functions and calls them later.

import { capture, repeat } from './callback'

/**
 * A function that calls `fn` in the context of now, whoever calls it and whenever: each call in a fresh copy, so that calls do
 * not see what others set. A scheduler carries contexts by wrapping what it is given at the moment it is given it.
 * @throws TypeError when `fn` is not a function.
 */
export function wrap<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R {
  if (typeof fn !== 'function') throw new TypeError(`wrap: a function was expected, got ${String(fn)}`)
  return repeat(fn, capture('wrap', wrap), 'wrap')
}
