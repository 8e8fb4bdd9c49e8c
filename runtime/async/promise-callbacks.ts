// Callbacks given to `then` (and so to `catch`) and to `finally` carry the context of their registration: those of the host's
// promises, of a promise that the page has put in its place (zone.js does), and of any other class that the page names.

import { current } from '../context/storage'
import { capture, carry, type Runner } from './callback'
import { engineCall } from './engine-function'
import { followMicrotasks } from './microtasks'
import { defineProperty, NativePromise, nativeThen, promisePrototype } from './natives'
import { replaceMethod, together } from './replace'
import { closeAwait, isAsleep, runMicrotask, runSegment, thenUnnoticed, unnoticed } from './segment'

type Method = (...args: unknown[]) => unknown

/** Begins to carry contexts into the callbacks of the page's promises and microtasks; returns what ends it. */
export function followPromiseCallbacks(): () => void {
  let known: unknown = globalThis.Promise
  const undo: (() => void)[] = []
  const begin = (): void => {
    if (known !== NativePromise) undo.push(followPromises(known as typeof Promise))
    undo.push(followMicrotasks())
  }
  /** The page's own may come at any time, and it schedules by the host's: so this is asked whenever that is used. */
  const look = (): void => {
    if (globalThis.Promise === known) return
    known = globalThis.Promise
    try {
      begin()
    } catch {
      // It has no `then`, or none that can be replaced: there is nothing to carry.
    }
  }
  undo.push(follow(promisePrototype, look))
  begin()
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
  return follow(promiseClass.prototype, () => {})
}

function follow(prototype: object, before: () => void): () => void {
  const { then, finally: last } = prototype as { then: Method; finally?: Method }
  // The host calls each callback as a microtask; code of a library goes on afterwards.
  const run: Runner = (then as unknown) === nativeThen ? runMicrotask : runSegment
  const methods = {
    // biome-ignore lint/suspicious/noThenProperty: this is the replacement of a promise's then
    then(this: unknown, onFulfilled: unknown, onRejected: unknown): unknown {
      before()
      closeAwait()
      const call = engineCall(onFulfilled, onRejected)
      if (call !== null) {
        if (call === 'again' || isAsleep()) return thenUnnoticed(then, this, onFulfilled, onRejected)
        return thenUnnoticed(then, this, settling(onFulfilled, run), settling(onRejected, run))
      }
      if (typeof onFulfilled !== 'function' && typeof onRejected !== 'function') {
        return thenUnnoticed(then, this, onFulfilled, onRejected)
      }
      const context = capture('Promise.then', methods.then)
      return thenUnnoticed(then, this, carry(onFulfilled, context, run), carry(onRejected, context, run))
    },
    finally(this: unknown, onFinally: unknown): unknown {
      closeAwait()
      const carried =
        typeof onFinally === 'function' ? carry(onFinally, capture('Promise.finally', methods.finally)) : onFinally
      return unnoticed(this, last as Method, this, [carried])
    },
  }
  // Libraries ask it whether promises are native, and do without native await if not (dexie).
  defineProperty(methods.then, 'toString', { value: () => String(then), writable: true, configurable: true })
  const replacements = [() => replaceMethod(prototype, 'then', methods.then)]
  if (typeof last === 'function') replacements.push(() => replaceMethod(prototype, 'finally', methods.finally))
  return together(replacements)
}

/**
 * What settles a promise does so in the context of whoever waits for it. Of a `Promise.all` the first element would not need it,
 * since whoever awaits the result is seen; but it looks like an await.
 */
function settling(fn: unknown, run: Runner): unknown {
  const context = current
  return (value: unknown) => run(context, fn as Method, undefined, [value])
}
