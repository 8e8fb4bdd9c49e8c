// For schedulers of one's own: a pool, a queue, an event emitter, anything that keeps functions and calls them later.

import { capture, repeat } from './callback'
import { defineProperty, getOwnPropertyDescriptor } from './natives'

/**
 * A function that calls `fn` in the context of now, whoever calls it and whenever: each call in a fresh copy, so that calls do
 * not see what others set. A scheduler carries contexts by wrapping what it is given at the moment it is given it. `this`,
 * arguments, result and errors pass through; `name` and `length` are those of `fn`.
 * @throws TypeError when `fn` is not a function.
 */
export function wrap<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R {
  if (typeof fn !== 'function') throw new TypeError(`wrap: a function was expected, got ${String(fn)}`)
  const wrapped = repeat(fn, capture('wrap', wrap), 'wrap')
  for (const key of ['name', 'length']) {
    // A library may tell callbacks apart by the number of their parameters.
    const own = getOwnPropertyDescriptor(fn, key)
    if (own !== undefined) defineProperty(wrapped, key, own)
  }
  return wrapped
}
