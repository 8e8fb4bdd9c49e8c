// Functions that the engine makes and hands to `then`: those that settle a promise, for `await thenable`, `Promise.all`, and what
// `new Promise` gives its executor. They settle a promise in the name of whoever waits, so the context that they run in is the
// waiter's own, not a copy.

import { apply, applyTwo, NativePromise, sourceOf } from './natives'

/** All functions of this kind look alike, and like no other: bound functions and the host's methods have names. */
const SOURCE = sourceOfSettler()

function sourceOfSettler(): string {
  let source = ''
  new NativePromise((resolve) => {
    source = apply(sourceOf, resolve, [])
  })
  return source
}

/** Whether `fn` is a function of the engine that settles a promise. A Proxy of one looks alike, and does the same. */
export const isSettler = (fn: unknown): boolean =>
  typeof fn === 'function' &&
  fn.name === '' &&
  applyTwo(sourceOf as (a: unknown, b: unknown) => string, fn, undefined, undefined) === SOURCE
