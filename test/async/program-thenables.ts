// Steps that await what only looks like a promise. Its `then` runs in the context of the await, and so does what follows; in
// the very same Context where `then` settles at once, or hands the engine's functions to a promise. Where they are called by a
// callback that is the thenable's own (`probe` instead of `resumed` below), the Context is the copy which that callback runs in.
//
// Left out: `resolve(thenable)` of a promise that was made in another scope. AsyncLocalStorage calls `then` in the context of
// the promise's making, here it is that of the call of `resolve`, as TC39 has it.

import { type Kinds, type Place, sleep, withResolvers } from './program-place'

type Then = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => unknown

/** An object with this `then`, which is probed. */
const thenable = (at: Place, then: Then): PromiseLike<unknown> => {
  const probed: Then = (resolve, reject) => {
    at.probe('then is called')
    return then(resolve, reject)
  }
  // biome-ignore lint/suspicious/noThenProperty: thenables are what these steps are about
  return { then: probed } as PromiseLike<unknown>
}

const atOnce = (at: Place) => thenable(at, (resolve) => resolve(at.n))

class LazyQuery {
  #at: Place
  constructor(at: Place) {
    this.#at = at
  }
  // biome-ignore lint/suspicious/noThenProperty: so do query builders
  get then() {
    this.#at.probe('then is read')
    const work = sleep(0)
    return work.then.bind(work)
  }
}

export const leaves = {
  async thenableAtOnce(at) {
    await atOnce(at)
    at.resumed('awaited')
  },
  async thenableInMicrotask(at) {
    await thenable(at, (resolve) => queueMicrotask(() => resolve(at.n)))
    at.probe('awaited')
  },
  async thenableInReaction(at) {
    await thenable(at, (resolve) => {
      Promise.resolve().then(() => resolve(at.n))
    })
    at.probe('awaited')
  },
  async thenableInTimer(at) {
    await thenable(at, (resolve) => setTimeout(resolve, at.n))
    at.probe('awaited')
  },
  async thenableAfterAwait(at) {
    await thenable(at, async (resolve) => {
      await sleep(0)
      resolve(at.n)
    })
    at.probe('awaited')
  },
  async thenableRejecting(at) {
    try {
      await thenable(at, (_, reject) => (at.n === 1 ? reject(at.n) : setTimeout(reject, at.n)))
    } catch {
      at.probe('catch')
    }
  },
  async thenableThrowing(at) {
    try {
      await thenable(at, () => {
        throw new Error('expected')
      })
    } catch {
      at.resumed('catch')
    }
  },
  async thenableWrapping(at) {
    const promise = sleep(at.n)
    await thenable(at, (resolve, reject) => promise.then(resolve, reject))
    at.resumed('awaited')
  },
  async thenableWithGetter(at) {
    await new LazyQuery(at)
    at.resumed('awaited')
  },
  async thenableOfThenable(at) {
    await thenable(at, (resolve) => resolve(atOnce(at)))
    at.resumed('awaited')
  },
  async thenableReturned(at) {
    const returning = async () => atOnce(at)
    await returning()
    at.resumed('awaited')
  },
  async thenableResolvedWith(at) {
    const { promise, resolve } = withResolvers<unknown>()
    resolve(atOnce(at))
    await promise
    at.resumed('awaited')
  },
  async thenableFromThen(at) {
    await sleep(0).then(() => atOnce(at))
    at.resumed('awaited')
  },
  async thenablesTogether(at) {
    await Promise.all([atOnce(at), thenable(at, (resolve) => setTimeout(resolve)), sleep(0)])
    at.resumed('awaited')
  },
  async thenableInCallOfScope(at) {
    await at.runIn(async () => {
      const resumed = at.strand()
      await atOnce(at)
      resumed('awaited in a scope')
    })
    at.resumed('awaited')
  },
} satisfies Kinds

export const nests = {
  async thenableDoesWork(at) {
    await thenable(at, async (resolve) => {
      await at.inside()
      resolve(at.n)
    })
    at.probe('awaited')
  },
} satisfies Kinds
