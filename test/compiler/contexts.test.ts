// What the runtime follows when await is compiled: everything, in the very same context.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { ContextVar, copyContext } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import { compiled, evaluate } from './run'

const user = new ContextVar<string>('user', { default: 'nobody' })

let uninstall: () => void
beforeEach(() => {
  uninstall = install()
})
afterEach(() => uninstall())

/** A function whose awaits are compiled. It must not use what is around it. */
function compile<F extends (...args: never[]) => unknown>(fn: F): F {
  return evaluate(compiled(`const compiledFunction = ${fn.toString()}`), 'compiledFunction')
}

type User = typeof user

test('a hundred awaits of plain values, several tasks at once', async () => {
  const work = compile(async (user: User, name: string) => {
    const token = user.set(name)
    const seen = new Set<string>()
    for (let i = 0; i < 100; i++) seen.add((await i) < 0 ? 'wrong' : user.get())
    user.reset(token)
    return [...seen, user.get()]
  })
  const tasks = ['a', 'b', 'c'].map((name) => createTask(() => work(user, name)).result)
  expect(await Promise.all(tasks)).toEqual(['a', 'b', 'c'].map((name) => [name, 'nobody']))
  expect(user.get()).toBe('nobody')
})

test('a hundred yields of plain values', async () => {
  const work = compile(async (user: User, name: string) => {
    async function* generate() {
      for (let i = 0; i < 100; i++) yield i
      return 1
    }
    const token = user.set(name)
    const seen = new Set<string>()
    for await (const i of generate()) seen.add(i < 0 ? 'wrong' : user.get())
    user.reset(token)
    return [...seen, user.get()]
  })
  const tasks = ['a', 'b', 'c'].map((name) => createTask(() => work(user, name)).result)
  expect(await Promise.all(tasks)).toEqual(['a', 'b', 'c'].map((name) => [name, 'nobody']))
})

// biome-ignore-start lint/suspicious/noThenProperty: these are thenables
class Subclass<T> extends Promise<T> {}
const later = (run: () => void): void => void setTimeout(run, 1)
const awaited: Record<string, () => PromiseLike<unknown>> = {
  'a thenable that resolves at once': () => ({ then: (done: (value: string) => void) => done('value') }) as never,
  'a thenable that resolves from a microtask': () =>
    ({ then: (done: (value: string) => void) => queueMicrotask(() => done('value')) }) as never,
  'a thenable that resolves from a timer': () =>
    ({ then: (done: (value: string) => void) => later(() => done('value')) }) as never,
  'a thenable that resolves in another context': () =>
    ({ then: (done: (value: string) => void) => later(() => copyContext().run(() => done('value'))) }) as never,
  'a function with a then': () =>
    Object.assign(() => {}, { then: (done: (value: string) => void) => later(() => done('value')) }) as never,
  'a thenable of a thenable': () =>
    ({
      then: (done: (value: unknown) => void) =>
        done({ then: (also: (v: string) => void) => later(() => also('value')) }),
    }) as never,
  'a promise of a subclass': () => Subclass.resolve('value'),
  'a pending promise of a subclass': () => new Subclass((resolve) => later(() => resolve('value'))),
}
// biome-ignore-end lint/suspicious/noThenProperty: these were thenables

test.each(Object.keys(awaited))('a token from before resets after: %s', async (what) => {
  const work = compile(async (user: User, value: (() => PromiseLike<unknown>) | undefined) => {
    const token = user.set('before')
    const results = [await value?.(), user.get()]
    user.set('after')
    results.push(await value?.(), user.get())
    user.reset(token)
    return [...results, user.get()]
  })
  const expected = ['value', 'before', 'value', 'after', 'nobody']
  expect(await createTask(() => work(user, awaited[what])).result).toEqual(expected)
  const caller = compile(async (user: User, callee: () => Promise<unknown>) => [await callee(), user.get()])
  const leaves = compile(async (user: User, value: (() => PromiseLike<unknown>) | undefined) => {
    await value?.()
    user.set('of the callee')
  })
  const both = createTask(() => caller(user, () => leaves(user, awaited[what])))
  expect(await both.result).toEqual([undefined, 'of the callee'])
})
