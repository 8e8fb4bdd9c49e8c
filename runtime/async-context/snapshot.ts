// `AsyncContext.Snapshot`, as TC39 proposes it: what all variables are now, for later.

import { again, capture, runCallback } from '../async/callback'
import type { Context } from '../context/context'
import { copyNameAndLength, dataProperty, lookedUp } from './properties'

/** What tools call the contexts that it makes. */
const API = 'Snapshot.run'

export class Snapshot {
  readonly #context: Context

  static {
    dataProperty(Snapshot, 'name', 'Snapshot')
    dataProperty(Snapshot.prototype, Symbol.toStringTag, 'AsyncContext.Snapshot')
  }

  constructor() {
    lookedUp(this, new.target, Snapshot)
    this.#context = capture(API, Snapshot)
  }

  /** A function that calls `fn` with what all variables are now, whoever calls it and whenever. `this` is passed on. */
  static wrap<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R {
    if (typeof fn !== 'function') throw new TypeError(`AsyncContext.Snapshot.wrap: a function was expected`)
    const context = capture('Snapshot.wrap', Snapshot.wrap)
    // A method, so that it cannot be constructed.
    const { wrapped } = {
      wrapped(this: unknown, ...args: A): R {
        return runCallback(again(context, context, 'Snapshot.wrap'), fn, this, args)
      },
    }
    return copyNameAndLength(wrapped, fn, 'wrapped')
  }

  /** Calls `fn` with what all variables were when this was made. */
  run<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
    const context = this.#context
    return runCallback(again(context, context, API), fn, undefined, args)
  }
}
