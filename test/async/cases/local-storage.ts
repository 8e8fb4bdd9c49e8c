// ND: what Node's tests of AsyncLocalStorage say, restated. Its `run` is a run of a copy, its `enterWith` a `set`, its `exit` a
// run of an empty context.

import { Context, ContextVar, copyContext } from 'contextvars-devtools'
import { createTask, wrap } from 'contextvars-devtools/async'
import { thenables } from './awaiting'
import { type Cases, deferred, isCollected, same, sleep, throws } from './case'
import { rejectingChain } from './promise-callbacks'

export const localStorage: Cases = {
  async 'ND-01 what a scope holds is there after each await, and nothing outside'() {
    const store = new ContextVar<string>('store')
    const scope = new Context().run(async () => {
      store.set('held')
      const seen = [store.get('none')]
      await null
      seen.push(store.get('none'))
      await sleep(1)
      return [...seen, store.get('none')]
    })
    same(store.get('none'), 'none')
    same(await scope, ['held', 'held', 'held'])
    same(store.get('none'), 'none')
  },

  async 'ND-02 what a timer sets is seen by the timers that it starts, and by no sibling'() {
    const store = new ContextVar<string>('store')
    const inner = deferred<string>()
    const sibling = deferred<string>()
    setTimeout(() => {
      store.set('entered')
      setTimeout(() => inner.resolve(store.get('none')), 1)
    })
    setTimeout(() => {
      setTimeout(() => sibling.resolve(store.get('none')), 1)
    })
    same(await Promise.all([inner.promise, sibling.promise]), ['entered', 'none'])
  },

  async 'ND-03 what a listener sets is seen by no other listener and not by who dispatches'() {
    const store = new ContextVar<string>('store', { default: 'none' })
    const target = new EventTarget()
    const seen: string[] = []
    const listener = () => {
      seen.push(store.get())
      store.set('set by a listener')
    }
    target.addEventListener('event', () => listener())
    target.addEventListener('event', () => listener())
    target.dispatchEvent(new Event('event'))
    same([...seen, store.get()], ['none', 'none', 'none'])
  },

  async 'ND-04 two variables in nested timers do not mix, and one that is left is left alone'() {
    const first = new ContextVar<string>('first', { default: 'none' })
    const second = new ContextVar<string>('second', { default: 'none' })
    const nested = async (a: string, b: string): Promise<string[]> => {
      const both = (): string => `${first.get()} ${second.get()}`
      const { promise, resolve } = deferred<string[]>()
      setTimeout(() => {
        first.set(a)
        second.set(b)
        setTimeout(() => {
          const without = copyContext().run(() => {
            first.set('none')
            return both()
          })
          resolve([without, both()])
        }, 2)
      }, 1)
      return await promise
    }
    const seen = await Promise.all([nested('hello', 'world'), nested('earth', 'moon')])
    same(seen, [
      ['none world', 'hello world'],
      ['none moon', 'earth moon'],
    ])
  },

  'ND-05 promises: a chain that rejects inside and is caught outside': rejectingChain,

  'ND-06 thenables: however they come': thenables,

  async 'ND-09 a snapshot runs a function where it was taken'() {
    const store = new ContextVar<number>('store')
    const within = <T>(value: number, body: () => T): T =>
      new Context().run(() => {
        store.set(value)
        return body()
      })
    const snapshot = within(123, copyContext)
    same(
      within(321, () => snapshot.run(() => store.get())),
      123,
    )
  },

  async 'ND-10 a bound function keeps arguments and result; what is no function is refused'() {
    const store = new ContextVar<string>('store')
    const bound = new Context().run(() => {
      store.set('bound')
      return wrap((...args: number[]) => [store.get(), ...args])
    })
    same(bound(1, 2), ['bound', 1, 2])
    for (const value of [1, false, '', {}, []]) {
      throws(TypeError, /a function was expected/, () => wrap(value as never))
    }
  },

  async 'ND-11 a run of an empty context leaves what is held, and comes back to it, also after an error'() {
    const store = new ContextVar<string>('store')
    store.set('held')
    const nothing = await new Context().run(async () => {
      const seen = [store.get('none')]
      await sleep(1)
      return [...seen, store.get('none')]
    })
    same(nothing, ['none', 'none'])
    same(store.get(), 'held')
    throws(RangeError, /expected/, () =>
      new Context().run(() => {
        throw new RangeError('expected')
      }),
    )
    same(store.get(), 'held')
  },

  async 'ND-12 what a scope held is collectable once nobody uses it'(host) {
    const store = new ContextVar<object>('store')
    const use = async (): Promise<WeakRef<object>> => {
      const held = { data: new Array(1000) }
      await new Context().run(async () => {
        store.set(held)
        await sleep(1)
        await createTask(() => sleep(1)).result
        await sleep(1).then(() => store.get())
      })
      return new WeakRef(held)
    }
    same(await isCollected(host, await use()), true)
  },
}
