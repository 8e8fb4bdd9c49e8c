// Functions that the engine makes and hands to `then`: those that settle a promise, for `await thenable`, `Promise.all`, and what
// `new Promise` gives its executor. They settle a promise in the name of whoever waits, so the context that they run in is the
// waiter's own, not a copy.

import { apply, getOwnPropertyDescriptor, NativePromise, sourceOf } from './natives'

/** All functions of this kind look alike, and like no other: bound functions and the host's methods have names. */
const SOURCE = sourceOfSettler()

function sourceOfSettler(): string {
  let source = ''
  new NativePromise((resolve) => {
    source = apply(sourceOf, resolve, [])
  })
  return source
}

/** Whether `fn` is a function of the engine that settles a promise. */
export function isSettler(fn: unknown): boolean {
  if (typeof fn !== 'function' || getOwnPropertyDescriptor(fn, 'name')?.value !== '') return false
  // A Proxy looks alike, too, but it has no name of its own.
  return apply(sourceOf, fn, []) === SOURCE
}

/** To each function for rejections that was seen, the one for fulfilments that it came with. */
const partners = new WeakMap<object, unknown>()

/**
 * Whether these, both of the engine, are those of a further element of one `Promise.all`: one `reject` serves every element, and each has
 * a function for its value. Whoever waits for all of them is seen, so an element needs nothing.
 */
export function isFurtherElement(onFulfilled: unknown, onRejected: object): boolean {
  const partner = partners.get(onRejected)
  if (partner === undefined) partners.set(onRejected, onFulfilled)
  return partner !== undefined && partner !== onFulfilled
}
