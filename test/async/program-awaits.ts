// Steps that await what is no promise, native promises in every state, promises of a subclass, and promises of the host.

import { failingCall, type Kinds, pendingCall, settledCall, sleep, withResolvers } from './program-place'

class Subclass<T> extends Promise<T> {}

class PlainBySpecies<T> extends Promise<T> {
  static override get [Symbol.species]() {
    return Promise
  }
}

/** A module of its own each time, so that its `await` at the top level is pending when it is imported. */
let modules = 0
const freshModule = () => `data:text/javascript,await null; await 0; export default ${modules++}`

export const leaves = {
  async awaitPrimitive(at) {
    await at.n
    at.resumed('awaited')
  },
  async awaitPrimitives(at) {
    for (let i = 0; i < at.n; i++) await null
    at.resumed('awaited')
  },
  async awaitPrimitivesAndRead(at) {
    for (let i = 0; i < 3 * at.n; i++) {
      await i
      at.resumed('awaited')
    }
  },
  async awaitSettled(at) {
    await settledCall(at.n)
    at.resumed('awaited')
  },
  async awaitSettledOften(at) {
    for (let i = 0; i < 4 * at.n; i++) await settledCall(i)
    at.resumed('awaited')
  },
  async awaitPending(at) {
    await pendingCall()
    at.resumed('awaited')
  },
  async awaitTimer(at) {
    await sleep(at.n)
    at.resumed('awaited')
  },
  async awaitShared(at) {
    await at.runIn(async () => {
      const resumed = at.strand()
      await at.shared
      resumed('shared')
    })
    at.resumed('awaited')
  },
  async awaitAdopted(at) {
    let promise: Promise<unknown> = at.n > 1 ? sleep(0) : settledCall(1)
    for (let depth = 0; depth < 3; depth++) {
      const inner = promise
      promise = new Promise((resolve) => resolve(inner))
    }
    await promise
    at.resumed('awaited')
  },
  async awaitReturnedPromise(at) {
    const returning = async (depth: number): Promise<number> => (depth === 0 ? pendingCall() : returning(depth - 1))
    await returning(at.n)
    at.resumed('awaited')
  },
  async awaitRejectedTwice(at) {
    const { promise, reject } = withResolvers<void>()
    reject(new Error('expected'))
    for (let i = 0; i < 2; i++) {
      try {
        await promise
      } catch {
        at.resumed('catch')
      }
    }
  },
  async awaitSubclass(at) {
    await new Subclass<void>((resolve) => setTimeout(resolve, at.n))
    at.resumed('pending')
    await Subclass.resolve(at.n)
    at.resumed('settled')
    await Subclass.reject(new Error('expected')).catch(() => at.probe('catch'))
    at.resumed('caught')
  },
  async awaitSubclassInConstructor(at) {
    await new Subclass<void>((resolve) => {
      const begin = async () => {
        const resumed = at.strand()
        await sleep(0)
        resumed('in the executor')
        resolve()
      }
      at.track(begin())
    })
    at.resumed('awaited')
  },
  async awaitSpecies(at) {
    const derived = PlainBySpecies.resolve(at.n).then((value) => {
      at.probe('then')
      return value
    })
    await derived
    at.resumed('derived')
    await PlainBySpecies.resolve(at.n)
    at.resumed('itself')
  },
  async awaitOwnConstructor(at) {
    // Not the realm's Promise by its own word, so the engine calls its `then`.
    const promise = sleep(0)
    Object.defineProperty(promise, 'constructor', { value: Subclass })
    await promise
    at.resumed('awaited')
  },
  async awaitModule(at) {
    await import(/* @vite-ignore */ freshModule())
    at.resumed('evaluated')
    const url = freshModule()
    await Promise.all([import(/* @vite-ignore */ url), import(/* @vite-ignore */ url)])
    at.resumed('evaluated once for two')
  },
  async awaitHost(at) {
    await crypto.subtle.digest('SHA-1', new Uint8Array(8))
    at.resumed('digest')
    await new Blob(['text']).arrayBuffer()
    at.resumed('blob')
    await new Response('text').text()
    at.resumed('response')
  },
  async awaitConditionally(at) {
    const value: unknown = at.n === 1 ? 0 : at.n === 2 ? settledCall(0) : sleep(0)
    const [first, second] = [await value, await at.shared]
    at.resumed(`awaited ${first === second}`)
  },
  async awaitInArguments(at) {
    const sum = (...numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
    sum(await at.n, await pendingCall(), await settledCall(2))
    at.resumed('awaited')
  },
} satisfies Kinds

export const nests = {
  async awaitCall(at) {
    await at.inside()
    at.resumed('awaited')
  },
  async awaitRun(at) {
    await at.runIn(at.inside)
    at.resumed('awaited')
  },
  fireRun(at) {
    at.track(at.runIn(at.inside))
  },
  fireCall(at) {
    at.track(at.inside())
  },
  async catchRejection(at) {
    try {
      await failingCall()
    } catch {
      at.resumed('catch')
    }
    await at.inside()
    at.resumed('awaited')
  },
  async finally(at) {
    try {
      await sleep(0)
    } finally {
      await at.inside()
    }
    at.resumed('awaited')
  },
  async deepRejection(at) {
    const fail = async (depth: number): Promise<void> => {
      try {
        if (depth === 0) await failingCall()
        await fail(depth - 1)
      } catch (error) {
        at.resumed(`catch ${depth}`)
        await depth
        throw error
      } finally {
        await settledCall(depth)
        at.resumed(`finally ${depth}`)
      }
    }
    await fail(at.n).catch(() => at.probe('caught'))
    at.resumed('awaited')
    await at.inside()
  },
  async rejectionElsewhere(at) {
    const promise = at.runIn(async () => {
      await at.inside()
      throw new Error('expected')
    })
    try {
      await promise
    } catch {
      at.resumed('catch')
    }
  },
  async parameterDefaults(at) {
    const begin = async (_begun = at.track(at.inside()), value = settledCall(1)) => {
      await value
      at.resumed('in the call')
    }
    await begin()
    at.resumed('awaited')
  },
} satisfies Kinds
