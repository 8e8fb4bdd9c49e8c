// Sees native `await`. By the specification it reads `promise.constructor`, once, synchronously, just before it adds its
// continuation; an accessor on `Promise.prototype` sees that read and answers with the real Promise, so the engine goes on as
// ever: same identity, same number of ticks, and `promise.constructor === Promise` stays true.

import { defineProperty, getOwnPropertyDescriptor, NativePromise, promisePrototype } from './natives'
import { isQuiet, noteAwait } from './segment'

/** Begins to follow `await`; returns what ends it, or a sentence that says why it cannot be done here. */
export function followNativeAwait(): (() => void) | string {
  const original = getOwnPropertyDescriptor(promisePrototype, 'constructor')
  if (original === undefined || !original.configurable) {
    return 'Promise.prototype is frozen, so native await cannot be followed'
  }
  if (original.get !== undefined) {
    // Two followers would follow each other's reactions without end; the one that came first goes on as it was.
    return 'Another copy of contextvars-devtools follows native await here, so this one does not: let the bundler keep one'
  }
  // Methods, so that neither can be constructed and `get constructor` is what a stack shows.
  const accessor = {
    get constructor() {
      if (!isQuiet() && (this as unknown) !== promisePrototype) {
        try {
          noteAwait(this as unknown as Promise<unknown>)
        } catch {
          // Not a promise: somebody read the accessor through an object that only inherits from one.
        }
      }
      return NativePromise
    },
    // An assignment to a data property that is inherited makes an own one, and on the prototype itself it replaces the value.
    set constructor(value: unknown) {
      defineProperty(this, 'constructor', {
        value,
        writable: true,
        configurable: true,
        enumerable: (this as unknown) !== promisePrototype,
      })
    },
  }
  const installed = getOwnPropertyDescriptor(accessor, 'constructor')
  defineProperty(promisePrototype, 'constructor', { ...installed, enumerable: false, configurable: true })
  return () => {
    if (getOwnPropertyDescriptor(promisePrototype, 'constructor')?.get === installed?.get) {
      defineProperty(promisePrototype, 'constructor', original)
    }
  }
}
