// Steps that hand callbacks to the host: timers, microtasks, listeners. A callback runs in a copy, so it begins a strand.
//
// Left out: events that are dispatched in another scope than that of their listener (AsyncLocalStorage always has the
// dispatcher's, here there is a policy), and messages of a port, which have the context of the port's making in Node.

import { type Kinds, type Place, sleep, whenCalled, withResolvers } from './program-place'

/** What the host has at the moment of the call. */
const immediate = (callback: () => void): unknown => (globalThis.setImmediate ?? setTimeout)(callback)

const continued = (at: Place, where: string) => async () => {
  const resumed = at.strand()
  at.probe(where)
  await at.n
  resumed(`${where}, awaited`)
  await at.inside()
  resumed(`${where}, done`)
}

/** Rejects with the signal's reason as soon as it aborts, as `fetch` does. */
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

export const leaves = {
  async interval(at) {
    const { promise, resolve } = withResolvers<void>()
    let ticks = 0
    const interval = setInterval(async () => {
      ticks++
      if (ticks > at.n) return
      const resumed = at.strand()
      at.probe('tick')
      await ticks
      resumed('tick, awaited')
      if (ticks < at.n) return
      clearInterval(interval)
      resolve()
    }, 1)
    await promise
    at.resumed('cleared')
  },
  async microtaskRecursion(at) {
    const descend = (depth: number): Promise<unknown> =>
      whenCalled(queueMicrotask, async () => {
        const resumed = at.strand()
        at.probe(`depth ${depth}`)
        if (depth > 0) await descend(depth - 1)
        resumed(`depth ${depth}, back`)
      })
    await descend(3 * at.n)
    at.resumed('awaited')
  },
  async abort(at) {
    const controller = new AbortController()
    const waiting = aborted(controller.signal)
    at.track(at.runIn(() => sleep(at.n).then(() => controller.abort(new Error('expected')))))
    try {
      await waiting
    } catch {
      at.resumed('catch')
    }
    try {
      controller.signal.throwIfAborted()
    } catch {
      await at.n
      at.resumed('thrown')
    }
  },
  async abortedByTimeout(at) {
    const signal = AbortSignal.timeout(at.n)
    try {
      await aborted(signal)
    } catch {
      at.resumed('catch')
    }
    // Asked again: a signal that nobody needs any more may be collected before it aborts.
    if (signal.aborted) at.resumed('aborted')
  },
  async listener(at) {
    const target = new EventTarget()
    const { promise, resolve } = withResolvers<void>()
    target.addEventListener('ping', async () => {
      const resumed = at.strand()
      at.probe('listener')
      await sleep(0)
      resumed('listener, awaited')
      resolve()
    })
    target.dispatchEvent(new Event('ping'))
    at.resumed('dispatched')
    await promise
    at.resumed('awaited')
  },
} satisfies Kinds

export const nests = {
  async timeout(at) {
    await whenCalled((callback) => setTimeout(callback, at.n), continued(at, 'timer'))
    at.resumed('awaited')
  },
  timeoutNotAwaited(at) {
    at.track(whenCalled((callback) => setTimeout(callback, at.n), continued(at, 'timer')))
  },
  microtask(at) {
    at.track(whenCalled(queueMicrotask, continued(at, 'microtask')))
  },
  async immediate(at) {
    await whenCalled(immediate, continued(at, 'immediate'))
    at.resumed('awaited')
  },
  async abortListener(at) {
    const controller = new AbortController()
    const listened = whenCalled(
      (callback) => controller.signal.addEventListener('abort', callback, { once: true }),
      continued(at, 'abort'),
    )
    await sleep(0)
    controller.abort()
    at.resumed('aborted')
    await listened
    at.resumed('awaited')
  },
  async batched(at) {
    // A loader collects what is asked for in one turn and answers all in one microtask, which belongs to who asked first.
    const asked: ((value: number) => void)[] = []
    const answerAll = () => {
      for (const answer of asked.splice(0)) answer(at.n)
    }
    const load = () =>
      new Promise<number>((resolve) => {
        if (asked.push(resolve) === 1) queueMicrotask(answerAll)
      })
    const ask = async (name: string) => {
      const resumed = at.strand()
      await load()
      resumed(name)
    }
    await Promise.all([at.runIn(() => ask('first'), 'first'), ask('same'), at.runIn(() => ask('second'), 'second')])
    at.resumed('awaited')
    await at.inside()
  },
} satisfies Kinds
