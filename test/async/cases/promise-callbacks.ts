// AW: promises and the callbacks that are given to them, and what a page may expect of a promise as ever.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Cases, deferred, isCurrent, same, sleep } from './case'
import { early } from './early'

/** A chain that rejects inside of a scope, and is caught outside of it. */
export async function rejectingChain(): Promise<void> {
  const variable = new ContextVar<number>('variable')
  const seen: unknown[] = []
  const chain = new Context().run(() => {
    variable.set(1)
    return Promise.resolve()
      .then(() => seen.push(variable.get(0)))
      .then(() => {
        seen.push(variable.get(0))
        throw new Error('expected')
      })
  })
  await chain.catch(() => seen.push(variable.get(0)))
  same(seen, [1, 1, 0])
}

export const promiseCallbacks: Cases = {
  async 'AW-13 a callback has the context in which it was given, not that of the promise or of who resolves it'() {
    const variable = new ContextVar<string>('variable')
    const within = <T>(name: string, body: () => T): T =>
      new Context().run(() => {
        variable.set(name)
        return body()
      })
    const { promise, resolve } = within('A', () => deferred())
    const seen = within('B', () => promise.then(() => variable.get()))
    within('C', resolve)
    same(await seen, 'B')
  },

  'AW-14 a chain that rejects inside and is caught outside has each callback where it was given': rejectingChain,

  async 'AW-15 what a callback sets does not leak to who gave it'() {
    const variable = new ContextVar<string>('variable', { default: 'nope' })
    const set = () => {
      variable.set('leaked')
    }
    await Promise.resolve().then(set)
    await Promise.reject(new Error('expected')).catch(set)
    await Promise.resolve().finally(set)
    await Promise.reject(new Error('expected')).then(undefined, set)
    same(variable.get(), 'nope')
  },

  async 'AW-16 a callback sees what was set until it was given'() {
    const variable = new ContextVar<string>('variable')
    variable.set('before')
    const seen = sleep(1).then(() => variable.get())
    variable.set('after')
    same(await seen, 'before')
  },

  async 'AW-17 bare calls side by side write into one context, tasks do not'() {
    const variable = new ContextVar<number>('variable')
    const work = async (value: number): Promise<number> => {
      variable.set(value)
      await sleep(1)
      return variable.get()
    }
    same(await Promise.all([work(1), work(2)]), [2, 2])
    same(await Promise.all([1, 2].map((value) => createTask(() => work(value)).result)), [1, 2])
  },

  async 'AW-19 microtasks between awaits have their own contexts, and the base is current when all of them are through'() {
    const variable = new ContextVar<string>('variable', { default: 'base' })
    const seen: string[] = []
    const drained = deferred<string>()
    const task = createTask(async () => {
      variable.set('task')
      const look = (): void => {
        seen.push(variable.get())
        variable.set('microtask')
      }
      queueMicrotask(look)
      await null
      seen.push(variable.get())
      variable.set('task, later')
      queueMicrotask(look)
      await Promise.resolve()
      seen.push(variable.get())
      // The host's own, which carries nothing.
      early.setTimeout.call(globalThis, () => drained.resolve(variable.get()))
    })
    await task.result
    same(seen, ['task', 'task', 'task, later', 'task, later'])
    same(await drained.promise, 'base')
  },

  async 'AW-23 a promise is as ever: constructor, instances, species, subclasses, own properties'() {
    const promise = sleep()
    same([promise.constructor === Promise, promise instanceof Promise], [true, true])
    same(Promise.resolve(promise), promise)
    same(Promise[Symbol.species], Promise)
    same(Object.getOwnPropertyNames(Promise.prototype).sort(), ['catch', 'constructor', 'finally', 'then'])
    same([Promise.prototype.then.name, Promise.prototype.then.length], ['then', 2])
    same(Object.prototype.toString.call(promise), '[object Promise]')
    same(Reflect.ownKeys(promise), [])

    class Mine<T> extends Promise<T> {}
    const mine = Mine.resolve(1)
    same([mine.constructor, mine instanceof Mine, mine.then() instanceof Mine], [Mine, true, true])
    same([await mine, Promise.resolve(mine) === mine], [1, false])
    class Plain<T> extends Promise<T> {
      static override get [Symbol.species]() {
        return Promise
      }
    }
    same([Plain.resolve().then() instanceof Plain, Plain.resolve().then().constructor === Promise], [false, true])

    // A page that writes `promise.constructor` writes its own, and decides by it what `then` makes.
    const own = Promise.resolve(3)
    Object.assign(own, { constructor: Mine })
    same(Object.keys(own), ['constructor'])
    same([own.then() instanceof Mine, await own], [true, 3])

    same(await new Promise((resolve) => resolve(isCurrent)), isCurrent)
    same(
      await sleep()
        .then(() => structuredClone(promise))
        .catch((error: Error) => error.name),
      'DataCloneError',
    )
  },
}
