// The elements of a `Promise.all`. It calls `then` on each with functions of its own, of which one, for rejections, serves all. Whoever
// waits for all of them is seen, so an element needs nothing; and to look at each would cost more than the rest of it.

import { type Boundary, tap } from '../context/tap'
import {
  applyTwo,
  arrayPrototype,
  getPrototypeOf,
  hasOwn,
  isArray,
  NativePromise,
  nativeAll,
  nativeArrayIterator,
  nativeResolve,
  promisePrototype,
} from './natives'
import { replaceMethod } from './replace'
import { noteWaiting } from './work'

const NONE = Symbol()
/** The first element is next, or something that code of the page does meanwhile. */
const FIRST = Symbol()
/** The same, where only a getter can be code of the page. */
const FIRST_OF_ARRAY = Symbol()
/** The function for rejections of the `Promise.all` that asks its elements now. */
let serves: unknown = NONE

/** Whether a `Promise.all` calls `then` on a further element. Code of the page that runs meanwhile has no such function. */
export const isFurtherElement = (onRejected: unknown): boolean => serves === onRejected

/**
 * Whether a `Promise.all` calls `then` on `promise` as an element, as far as it can be told at once: to be sure takes a third of what
 * all else of it takes. A getter that calls `then` with two functions without a name, while the first element is asked for, is taken
 * for one.
 */
export function isProbablyElement(promise: unknown, onFulfilled: unknown, onRejected: unknown): boolean {
  if (serves === onRejected) return true
  if (serves !== FIRST_OF_ARRAY || !isAnonymous(onFulfilled) || !isAnonymous(onRejected)) return false
  if (getPrototypeOf(promise as object) !== promisePrototype || hasOwn(promise as object, 'then')) return false
  serves = onRejected
  return true
}

const isAnonymous = (fn: unknown): boolean => typeof fn === 'function' && fn.name === ''

/** Two functions of the engine were given to `then`: by the `Promise.all` that asks its first element, if one does. Answers whether. */
export function noteFirst(onRejected: unknown): boolean {
  if (serves !== FIRST && serves !== FIRST_OF_ARRAY) return false
  serves = onRejected
  return true
}

/** Our `Promise.all`, which the page called. */
let called: Boundary = nativeAll

/** Whoever asks for all of them waits for each. */
export function noteElement(promise: unknown): void {
  if (tap !== null) noteWaiting(promise, tap, called)
}

/** Begins to know them, where our `then` is in its place; returns what ends it. */
export function knowElements(): () => void {
  const { then } = promisePrototype
  /** Whether the host alone goes through it, makes promises of what is in it, and calls our `then`. Asks nothing of the page's own. */
  const isPlainArray = (elements: unknown): boolean => {
    try {
      return (
        isArray(elements) &&
        getPrototypeOf(elements) === arrayPrototype &&
        !hasOwn(elements, Symbol.iterator) &&
        arrayPrototype[Symbol.iterator] === nativeArrayIterator &&
        NativePromise.resolve === nativeResolve &&
        promisePrototype.then === then
      )
    } catch {
      return false
    }
  }
  const methods = {
    all(this: unknown, elements: unknown): unknown {
      const outer = serves
      serves = this !== NativePromise ? NONE : isPlainArray(elements) ? FIRST_OF_ARRAY : FIRST
      try {
        return applyTwo(nativeAll as (a: unknown, b: unknown) => unknown, this, elements, undefined)
      } finally {
        serves = outer
      }
    },
  }
  called = methods.all
  return replaceMethod(NativePromise, 'all', methods.all)
}
