// The elements of a `Promise.all`. It calls `then` on each with functions of its own, of which one, for rejections, serves all. Whoever
// waits for all of them is seen, so an element needs nothing; and to look at each would cost more than the rest of it.

import { applyTwo, NativePromise, nativeAll } from './natives'
import { replaceMethod } from './replace'

const NONE = Symbol()
const FIRST = Symbol()
/** The function for rejections of the `Promise.all` that asks its elements now. */
let serves: unknown = NONE

/** Whether a `Promise.all` calls `then` on a further element. Code of the page that runs meanwhile has no such function. */
export const isElement = (onRejected: unknown): boolean => serves === onRejected

/** Two functions of the engine were given to `then`: by the `Promise.all` that asks its first element, if one does. */
export function noteFirst(onRejected: unknown): void {
  if (serves === FIRST) serves = onRejected
}

/** Begins to know them; returns what ends it. */
export function knowElements(): () => void {
  const methods = {
    all(this: unknown, elements: unknown): unknown {
      const outer = serves
      serves = this === NativePromise ? FIRST : NONE
      try {
        return applyTwo(nativeAll as (a: unknown, b: unknown) => unknown, this, elements, undefined)
      } finally {
        serves = outer
      }
    },
  }
  return replaceMethod(NativePromise, 'all', methods.all)
}
