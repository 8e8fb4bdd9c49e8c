// Functions that the engine makes and hands to `then`: those that settle a promise, for `await thenable` and `Promise.all`.
// They settle a promise in the name of whoever waits, so the context that they run in is the waiter's own, not a copy.

import { apply } from './natives'

const sourceOf = Function.prototype.toString

/** Whether a function was made by the engine and has no name: bound functions have one (`bound f`), methods of the host, too. */
export function isEngineFunction(fn: unknown): fn is (...args: unknown[]) => unknown {
  return (
    typeof fn === 'function' &&
    fn.name === '' &&
    /^function \(\) \{\s*\[native code\]\s*\}$/.test(apply(sourceOf, fn, []))
  )
}
