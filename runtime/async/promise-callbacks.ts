// Callbacks given to `then` (and so to `catch`) and to `finally` carry the context of their registration: those of the host's
// promises, of a promise that the page has put in its place (zone.js does), and of any other class that the page names.

import { current } from '../context/storage'
import { tap } from '../context/tap'
import { capture, carry, type Runner } from './callback'
import { isFurtherElement, isProbablyElement, knowElements, noteElement, noteFirst } from './elements'
import { isSettler } from './engine-function'
import { followMicrotasks } from './microtasks'
import {
  apply,
  applyTwo,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  NativePromise,
  nativeThen,
  promisePrototype,
} from './natives'
import { isAsleep } from './need'
import { closeAwait } from './open-await'
import { thenUnnoticed, unnoticed } from './reaction'
import { replaceAccessor, replaceMethod, together } from './replace'
import { runMicrotask, runSegment, setLookout } from './segment'
import { noteWaiting } from './work'

type Method = (...args: unknown[]) => unknown

/** Begins to carry contexts into the callbacks of the page's promises and microtasks; returns what ends it. */
export function followPromiseCallbacks(): () => void {
  let known: unknown = null
  /** Some libraries change it to and fro. */
  const seen = new WeakSet<object>()
  const undo: (() => void)[] = []
  const own = getPrototypeOf(globalThis)
  /**
   * The page's own may come at any time. Code of a document that has been left may run on, and means the next document by `globalThis`.
   * Nothing of ours belongs there: what was left is called by no microtask, and would swallow whatever goes through it.
   */
  const look = (): void => {
    try {
      if (globalThis.Promise === known || getPrototypeOf(globalThis) !== own) return
      known = globalThis.Promise
      if (seen.has(known as object)) return
      seen.add(known as object)
      undo.push(followMicrotasks())
      if (known !== NativePromise) undo.push(followPromises(known as typeof Promise))
    } catch {
      // It has no `then`, or none that can be replaced: there is nothing to carry.
    }
  }
  undo.push(follow(promisePrototype), knowElements(), setLookout(look))
  look()
  return () => {
    for (const end of undo.reverse()) end()
  }
}

/**
 * Carries contexts into the callbacks of a library's own promises, as of native ones, and lets an `await` of one resume in the
 * very same context. Libraries call many callbacks in one go, where nobody can see whose they are: so they have to be named.
 * @throws TypeError for what has no `then` method.
 * @returns what ends it.
 */
export function followPromises(promiseClass: { readonly prototype: PromiseLike<unknown> }): () => void {
  if (typeof promiseClass?.prototype?.then !== 'function') {
    throw new TypeError('followPromises: a class whose instances have a method then was expected')
  }
  return follow(promiseClass.prototype)
}

function follow(prototype: object): () => void {
  const found = getOwnPropertyDescriptor(prototype, 'then')
  const { finally: last } = prototype as { finally?: unknown }
  return together([
    () =>
      found?.get === undefined
        ? replaceMethod(prototype, 'then', thenFor((prototype as { then: Method }).then))
        : replaceAccessor(prototype, 'then', thenRead(found.get)),
    () => (typeof last === 'function' ? replaceMethod(prototype, 'finally', finallyFor(last as Method)) : () => {}),
  ])
}

/** A library that asks who is current whenever its `then` is read (dexie) gets to know it as ever. */
function thenRead(read: () => unknown): PropertyDescriptor {
  return {
    get(this: unknown) {
      const then = apply(read, this, [])
      return typeof then === 'function' ? thenFor(then as Method) : then
    },
  }
}

function thenFor(original: Method): Method {
  // The host calls each callback as a microtask; code of a library goes on afterwards.
  const run: Runner = (original as unknown) === nativeThen ? runMicrotask : runSegment
  // A method, so that it cannot be constructed.
  const methods = {
    // biome-ignore lint/suspicious/noThenProperty: this is the replacement of a promise's then
    then(this: unknown, onFulfilled: unknown, onRejected: unknown): unknown {
      const passesThrough = isAsleep() && isProbablyElement(this, onFulfilled, onRejected)
      if (passesThrough) return applyTwo(original, this, onFulfilled, onRejected)
      closeAwait()
      if (isFurtherElement(onRejected)) {
        noteElement(this)
        return thenUnnoticed(original, this, onFulfilled, onRejected)
      }
      const settles = isSettler(onFulfilled)
      const fails = isSettler(onRejected)
      if (settles && fails && noteFirst(onRejected)) noteElement(this)
      // An async function that returns a promise, or what else settles one by another, waits as who awaits it.
      else if (tap !== null && settles && fails) noteWaiting(this, tap, methods.then)
      const isCallback = (fn: unknown, isOfTheEngine: boolean) => typeof fn === 'function' && !isOfTheEngine
      const hasCallback = isCallback(onFulfilled, settles) || isCallback(onRejected, fails)
      if (!hasCallback && isAsleep()) return applyTwo(original, this, onFulfilled, onRejected)
      // One copy serves both callbacks, of which only one is ever called.
      const copy = hasCallback ? capture('Promise.then', methods.then) : null
      const carried = (fn: unknown, isOfTheEngine: boolean): unknown =>
        isOfTheEngine ? settling(fn, run) : copy === null ? fn : carry(fn, copy, run)
      return thenUnnoticed(original, this, carried(onFulfilled, settles), carried(onRejected, fails))
    },
  }
  // Libraries ask it whether promises are native, and do without native await if not (dexie).
  defineProperty(methods.then, 'toString', { value: () => String(original), writable: true, configurable: true })
  return methods.then as Method
}

function finallyFor(original: Method): Method {
  const methods = {
    finally(this: unknown, onFinally: unknown): unknown {
      closeAwait()
      const carried =
        typeof onFinally === 'function' ? carry(onFinally, capture('Promise.finally', methods.finally)) : onFinally
      return unnoticed(this, original, this, [carried])
    },
  }
  return methods.finally as Method
}

/**
 * What settles a promise does so in the context of whoever waits for it. Of a `Promise.all` the first element would not need it,
 * since whoever awaits the result is seen; but it looks like an await.
 */
function settling(fn: unknown, run: Runner): unknown {
  const context = current
  return (value: unknown) => run(context, fn as Method, undefined, [value])
}
