// AW: native await. Whatever is awaited, who awaits goes on in their own context.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { keepsItsContext, thenables } from './awaiting'
import { type Cases, deferred, isCurrent, same, sleep } from './case'

/** Something to await that fails, now or later. */
const failing = async (ms?: number): Promise<never> => {
  if (ms !== undefined) await sleep(ms)
  throw new Error('expected')
}

export const nativeAwait: Cases = {
  async 'AW-01 a token that was made before an await is good after it: the context is the same'() {
    const variable = new ContextVar<string>('variable', { default: 'nope' })
    const context = new Context()
    await context.run(async () => {
      const token = variable.set('during')
      await sleep(1)
      same([variable.get(), isCurrent(context)], ['during', true])
      variable.reset(token)
      same(variable.get(), 'nope')
    })
  },

  async 'AW-02 after the await of a promise that is resolved already'() {
    const variable = new ContextVar<string>('variable')
    const work = async () => {
      await Promise.resolve()
      return variable.get('lost')
    }
    const context = new Context()
    const running = context.run(() => {
      variable.set('own')
      return work()
    })
    same(await running, 'own')
    same(variable.get('nothing outside'), 'nothing outside')
  },

  async 'AW-03 after the await of a promise that another context, or a timer, resolves'() {
    const { promise, resolve } = deferred()
    createTask(async () => {
      await sleep(1)
      resolve()
    })
    await keepsItsContext({ 'another context': () => promise, 'a timer': () => sleep(1) })
  },

  'AW-04 after the await of a native async function': () =>
    keepsItsContext({
      'that is through at once': async () => 1,
      'that waits': async () => sleep(1),
      'that calls another': async () => (async () => sleep(1))(),
      'of somebody else': () => new Context().run(async () => sleep(1)),
    }),

  async 'AW-05 after the await of a rejection, in catch and in finally'() {
    const variable = new ContextVar<string>('variable')
    for (const rejected of [Promise.reject(new Error('expected')), failing(1)]) {
      const context = new Context()
      const work = async (): Promise<unknown[]> => {
        const seen: unknown[] = []
        variable.set('own')
        try {
          await rejected
        } catch {
          seen.push(variable.get('lost'), isCurrent(context))
        } finally {
          seen.push(variable.get('lost'), isCurrent(context))
        }
        return seen
      }
      same(await createTask(work, { context }).result, ['own', true, 'own', true])
    }
  },

  async 'AW-06 in finally, where nothing catches'() {
    const variable = new ContextVar<string>('variable')
    for (const ms of [undefined, 1]) {
      let seen = ''
      const context = new Context()
      const work = async (): Promise<void> => {
        variable.set('own')
        try {
          await failing(ms)
        } finally {
          seen = `${variable.get('lost')} ${isCurrent(context)}`
        }
      }
      same(await createTask(work, { context }).result.catch((error: Error) => error.message), 'expected')
      same(seen, 'own true')
    }
  },

  'AW-07 after the await of several promises at once': () =>
    keepsItsContext({
      all: () => Promise.all([sleep(2), sleep(1), 5]),
      race: () => Promise.race([sleep(2), sleep(1)]),
      allSettled: () => Promise.allSettled([failing(1), sleep(1)]),
      any: () => Promise.any([failing(1), sleep(1)]),
      'all of nothing': () => Promise.all([]),
    }),

  'AW-08 after the await of a thenable, however it comes; its then is called in the context of who awaits': thenables,

  'AW-09 after the await of what is no promise': () =>
    keepsItsContext({
      zero: () => 0,
      null: () => null,
      undefined: () => undefined,
      text: () => 'text',
      'an object': () => ({}),
      'two in a row': async () => {
        await 0
        await null
      },
    }),

  async 'AW-10 a hundred tasks that await all sorts of things do not mix'() {
    const variable = new ContextVar<number>('variable')
    const sorts: ((n: number) => unknown)[] = [
      (n) => n,
      () => Promise.resolve(),
      () => sleep(Math.random() * 3),
      () => failing().catch(() => {}),
      (n) => Promise.all([n, sleep(1)]),
      (n) => (async () => n)(),
      () => Promise.resolve().then(() => sleep()),
    ]
    const work = (own: number) => async () => {
      variable.set(own)
      for (let i = 0; i < 2 * sorts.length; i++) {
        await sorts[(own + i) % sorts.length]?.(own)
        same(variable.get(-1), own)
      }
    }
    await gather(...Array.from({ length: 100 }, (_, i) => work(i)))
  },

  async 'AW-11 in the body of a loop that awaits, and after it'() {
    const variable = new ContextVar<string>('variable')
    async function* counting() {
      yield 1
      await sleep(1)
      yield 2
    }
    const sources = { 'an async generator': counting, 'promises in an array': () => [sleep(1), Promise.resolve()] }
    for (const [name, source] of Object.entries(sources)) {
      const context = new Context()
      const work = async (): Promise<unknown[]> => {
        const seen: unknown[] = []
        variable.set(name)
        for await (const _ of source()) seen.push(variable.get('lost'), isCurrent(context))
        return [...seen, variable.get('lost'), isCurrent(context)]
      }
      same(await createTask(work, { context }).result, [name, true, name, true, name, true])
    }
  },

  'AW-12 after the await of what the host gives': () =>
    keepsItsContext({
      'import()': () => import(/* @vite-ignore */ `data:text/javascript,export default ${Math.random()}`),
      fetch: () => fetch('data:,text'),
      'response.text': async () => (await fetch('data:,text')).text(),
      'blob.arrayBuffer': () => new Blob(['text']).arrayBuffer(),
      'reader.read': () => new Blob(['text']).stream().getReader().read(),
      'subtle.digest': () => crypto.subtle.digest('SHA-256', new Uint8Array(8)),
    }),

  async 'AW-18 an async function that nobody awaits keeps its context, though its creator is gone'() {
    const variable = new ContextVar<string>('variable')
    const { promise, resolve } = deferred<string>()
    const linger = async (): Promise<void> => {
      for (let i = 0; i < 3; i++) await sleep(1)
      resolve(variable.get('lost'))
    }
    const creator = createTask(() => {
      variable.set('of the creator')
      void linger()
    })
    await creator.result
    same(await promise, 'of the creator')
  },

  'AW-20 after the await of an instance of a subclass of Promise'() {
    class Mine<T> extends Promise<T> {}
    return keepsItsContext({
      'resolved already': () => Mine.resolve(),
      'resolved by a timer': () => new Mine((resolve) => setTimeout(resolve)),
      'of several at once': () => Mine.all([sleep(1), Mine.resolve()]),
    })
  },
}
