// Sees native `await`. By the specification it reads `promise.constructor`, once, synchronously, just before it adds its
// continuation; an accessor on `Promise.prototype` sees that read and answers with the real Promise, so the engine goes on as
// ever: same identity, same number of ticks, and `promise.constructor === Promise` stays true.
//
// Until a context other than the base is made there is nothing to follow, and nothing is replaced: an await costs what it
// always does. Awaits that are pending at that moment resume in the context of whoever settles their promise.

import { type Boundary, tap } from '../context/tap'
import { defineProperty, getOwnPropertyDescriptor, NativePromise, nativeResolve, promisePrototype } from './natives'
import { whenNeeded } from './need'
import { isOurs, unnoticed } from './reaction'
import { replaceMethod } from './replace'
import { noteAwait } from './segment'
import { prepareMarkers } from './span'
import { noteWaiting } from './work'

const ANOTHER =
  'Another copy of contextvars-devtools follows native await here, so this one does not: let the bundler keep one'
const REPLACED = 'The page has replaced Promise.prototype.constructor, so native await is not followed any more'
const FROZEN = 'Promise.prototype is frozen, so native await cannot be followed'

/** What stands in the way, in a sentence; null where nothing does. */
function obstacle(): string | null {
  const found = getOwnPropertyDescriptor(promisePrototype, 'constructor')
  if (found === undefined || !found.configurable) return FROZEN
  // Two followers would follow each other's reactions without end; the one that came first goes on as it was.
  return found.get === undefined ? null : ANOTHER
}

/**
 * Follows `await` from the moment on that a context other than the base is made; returns what ends it, or a sentence that says
 * why it cannot be done here. `failed` is told when that shows only later.
 */
export function followNativeAwait(failed: (reason: string) => void): (() => void) | string {
  const reason = obstacle()
  if (reason !== null) return reason
  let end: (() => void) | null = null
  const forget = whenNeeded(() => {
    prepareMarkers()
    const late = obstacle()
    if (late === null) end = watchConstructor(() => failed(REPLACED))
    else failed(late)
  })
  return () => {
    forget()
    end?.()
  }
}

/** Told when the page assigns to the property itself. */
let replaced = (): void => {}

// Methods, so that neither can be constructed and `get constructor` is what a stack shows.
const accessor = {
  get constructor() {
    if (!isOurs(this) && (this as unknown) !== promisePrototype) {
      try {
        noteAwait(this as unknown as Promise<unknown>)
        if (tap !== null) noteWaiting(this, tap, getConstructor)
      } catch {
        // Not a promise: somebody read the accessor through an object that only inherits from one.
      }
    }
    return NativePromise
  },
  // An assignment to a data property that is inherited makes an own one, and on the prototype itself it replaces the value.
  set constructor(value: unknown) {
    const own = { value, writable: true, configurable: true, enumerable: (this as unknown) !== promisePrototype }
    if (!defineProperty(this, 'constructor', own)) {
      throw new TypeError(`Cannot assign to read only property 'constructor' of object '${this}'`)
    }
    if ((this as unknown) === promisePrototype) replaced()
  },
}

const statics = {
  // It reads its argument's constructor as `await` does, but adds no continuation.
  resolve(this: typeof Promise, value: unknown): unknown {
    return unnoticed(value, nativeResolve, this, [value])
  },
}

const getConstructor = getOwnPropertyDescriptor(accessor, 'constructor')?.get as Boundary

function watchConstructor(whenReplaced: () => void): () => void {
  replaced = whenReplaced
  const original = getOwnPropertyDescriptor(promisePrototype, 'constructor')
  const installed = getOwnPropertyDescriptor(accessor, 'constructor')
  defineProperty(promisePrototype, 'constructor', { ...installed, enumerable: false, configurable: true })
  let restoreResolve = (): void => {}
  try {
    restoreResolve = replaceMethod(NativePromise, 'resolve', statics.resolve)
  } catch {
    // Promise is frozen, its prototype is not: each Promise.resolve counts as an await that nobody continues.
  }
  return () => {
    restoreResolve()
    if (original !== undefined && getOwnPropertyDescriptor(promisePrototype, 'constructor')?.get === installed?.get) {
      defineProperty(promisePrototype, 'constructor', original)
    }
  }
}
