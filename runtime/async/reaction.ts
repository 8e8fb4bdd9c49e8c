// Reactions of ours on promises of the page. Adding one reads the promise's constructor, as an `await` does: which reads are
// ours is known here.

import { apply, applyTwo, nativeThen } from './natives'

/** The promise that is being worked with: that its constructor is read means nothing. */
let ours: unknown = null

/** Whether this read of a promise's constructor is one of ours. */
export const isOurs = (promise: unknown): boolean => promise === ours

/** Calls a method of the host that reads the constructor of `promise`, which is no await. */
export function unnoticed<R>(promise: unknown, method: (...args: never[]) => R, self: unknown, args: unknown[]): R {
  const outer = ours
  ours = promise
  try {
    return apply(method, self, args as never[])
  } finally {
    ours = outer
  }
}

export type Then = (this: unknown, onFulfilled: unknown, onRejected: unknown) => unknown

/** The same for `then`, the host's or a library's own. */
export function thenUnnoticed(then: Then, promise: unknown, onFulfilled: unknown, onRejected: unknown): unknown {
  const outer = ours
  ours = promise
  try {
    return applyTwo(then, promise, onFulfilled, onRejected)
  } finally {
    ours = outer
  }
}

/** Adds a reaction that is not the page's doing. */
export function react(promise: Promise<unknown>, onFulfilled: unknown, onRejected: unknown): void {
  thenUnnoticed(nativeThen as Then, promise, onFulfilled, onRejected)
}
