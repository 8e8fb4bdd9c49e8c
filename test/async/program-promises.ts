// Steps that combine promises, chain them, and settle them from another scope.

import { failingCall, type Kinds, pendingCall, settledCall, sleep, whenCalled, withResolvers } from './program-place'

/** `Promise.try`, the host's own where it has it. */
const attempt: (fn: () => unknown) => Promise<unknown> = (fn) => {
  const native: unknown = Reflect.get(Promise, 'try')
  return typeof native === 'function' ? native.call(Promise, fn) : new Promise((resolve) => resolve(fn()))
}

export const leaves = {
  async resolvedElsewhere(at) {
    const { promise, resolve } = withResolvers<number>()
    const settle = async () => {
      await sleep(at.n - 1)
      resolve(at.n)
    }
    at.track(at.runIn(settle))
    await promise
    at.resumed('awaited')
  },
  async settlerGoesOn(at) {
    const { promise, resolve } = withResolvers<void>()
    const settle = async () => {
      const resumed = at.strand()
      await null
      // What waits goes on before this does, from the same place in the queue.
      resolve()
      for (let i = 0; i < at.n; i++) {
        await i
        resumed(`settler ${i}`)
      }
    }
    at.track(at.runIn(settle))
    await promise
    at.resumed('awaited')
  },
  async rejectedElsewhere(at) {
    const { promise, reject } = withResolvers<number>()
    at.track(at.runIn(() => sleep(0).then(() => reject(new Error('expected')))))
    try {
      await promise
    } catch {
      at.resumed('catch')
    }
  },
  async awaitedByMany(at) {
    const { promise, resolve } = withResolvers<void>()
    const one = async (name: string) => {
      const resumed = at.strand()
      await promise
      resumed(name)
      await promise
      resumed(`${name} again`)
    }
    const all = [one('same'), at.runIn(() => one('first'), 'first'), at.runIn(() => one('second'), 'second')]
    at.track(at.runIn(() => sleep(0).then(resolve), 'resolver'))
    await Promise.all(all)
    at.resumed('awaited')
  },
  async lock(at) {
    let held: Promise<unknown> = Promise.resolve()
    const withLock = (work: () => Promise<void>) => {
      held = held.then(work)
      return held
    }
    const one = (name: string) =>
      withLock(async () => {
        const resumed = at.strand()
        await pendingCall()
        resumed(name)
      })
    await Promise.all([one('same'), at.runIn(() => one('first'), 'first'), at.runIn(() => one('second'), 'second')])
    at.resumed('awaited')
  },
  async passedResolver(at) {
    // A queue: consumers in their scopes, a producer in another.
    const waiting: ((item: number) => void)[] = []
    const take = () => new Promise<number>((resolve) => waiting.push(resolve))
    const consume = async (name: string) => {
      const resumed = at.strand()
      for (let i = 0; i < 2; i++) {
        await take()
        resumed(`${name} ${i}`)
      }
    }
    const consumers = [at.runIn(() => consume('first'), 'first'), consume('same')]
    const produce = async () => {
      for (let items = 0; items < 4; ) {
        await sleep(0)
        for (const give of waiting.splice(0)) {
          give(items)
          items++
        }
      }
    }
    at.track(at.runIn(produce, 'producer'))
    await Promise.all(consumers)
    at.resumed('awaited')
  },
} satisfies Kinds

export const nests = {
  async thenChain(at) {
    await settledCall(1)
      .then(() => {
        at.probe('then')
        return sleep(0)
      })
      .then(async () => {
        at.probe('then again')
        await at.inside()
        at.probe('then at last')
      })
    at.resumed('awaited')
  },
  async catchAndFinally(at) {
    await failingCall()
      .finally(async () => {
        const resumed = at.strand()
        await at.inside()
        resumed('finally')
      })
      .then(
        () => at.probe('never'),
        () => {
          at.probe('rejected')
          throw new Error('expected')
        },
      )
      .catch(() => at.probe('catch'))
    at.resumed('awaited')
  },
  async thenElsewhere(at) {
    const promise = sleep(0)
    const derived = at.runIn(() => promise.then(at.inside))
    await derived
    at.resumed('awaited')
  },
  async all(at) {
    await Promise.all([
      at.inside(),
      at.runIn(async () => {
        const resumed = at.strand()
        await 1
        resumed('awaited in a scope')
        await sleep(0)
        resumed('slept in a scope')
      }),
      at.shared,
      at.n,
    ])
    at.resumed('awaited')
  },
  async allRejected(at) {
    const work = at.inside()
    at.track(work)
    try {
      await Promise.all([work, failingCall(), Promise.reject(new Error('expected'))])
    } catch {
      at.resumed('catch')
    }
  },
  async race(at) {
    const loser = at.inside()
    at.track(loser)
    await Promise.race([loser, sleep(at.n), at.shared])
    at.resumed('awaited')
  },
  async any(at) {
    await Promise.any([failingCall(), at.runIn(at.inside), sleep(at.n).then(failingCall)])
    at.resumed('any')
    try {
      await Promise.any([failingCall(), Promise.reject(new Error('expected'))])
    } catch {
      at.resumed('none')
    }
  },
  async allSettled(at) {
    await Promise.allSettled([failingCall(), at.inside(), at.runIn(pendingCall), at.n])
    at.resumed('awaited')
  },
  async promiseTry(at) {
    await attempt(at.inside)
    at.resumed('awaited')
    await attempt(failingCall).catch(() => at.probe('catch'))
    at.resumed('caught')
  },
  async executor(at) {
    await whenCalled((callback) => callback(), at.inside)
    at.resumed('awaited')
  },
  async singleFlight(at) {
    // One begins the work, in its scope; who comes later waits for it, in theirs.
    let flight: Promise<void> | undefined
    const load = async (name: string) => {
      const resumed = at.strand()
      flight ??= at.inside()
      await flight
      resumed(name)
    }
    await Promise.all([at.runIn(() => load('first'), 'first'), load('same')])
    at.resumed('awaited')
  },
} satisfies Kinds
