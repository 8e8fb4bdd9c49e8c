// What a task calls when it is done: asyncio's cases by their ids, and how it ends.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Context, ContextVar } from '../../runtime'
import { createTask, gather, install, type Task } from '../../runtime/async'
import { collected } from '../context/collected'

let uninstall: () => void
beforeAll(() => {
  uninstall = install()
})
afterAll(() => uninstall())

const variable = new ContextVar<string>('variable', { default: 'nope' })
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
/** Each test in a context of its own. */
const alone = <T>(body: () => Promise<T>) => new Context().run(body)
/** Long enough for everything that is already scheduled. */
const soon = () => sleep(0)

test('AS-20 on a task that goes on, it sees what was set when it was added', () =>
  alone(async () => {
    const seen: string[] = []
    const task = createTask(async () => {
      variable.set('of the task')
      await sleep(1)
    })
    variable.set('added')
    task.addDoneCallback(() => {
      seen.push(variable.get())
      variable.set('of the callback')
    })
    variable.set('later')
    await task.result
    await soon()
    expect(seen).toEqual(['added'])
    expect(variable.get()).toBe('later')
  }))

test('AS-21 on a task that is done, it is called soon, not at once', () =>
  alone(async () => {
    const task = createTask(async () => {})
    await task.result
    const seen: string[] = []
    variable.set('added')
    task.addDoneCallback(() => seen.push(variable.get()))
    variable.set('later')
    expect(seen).toEqual([])
    await Promise.resolve()
    expect(seen).toEqual(['added'])
  }))

test('AS-22 in a given context, it runs in that very one', () =>
  alone(async () => {
    const context = new Context()
    const pending = createTask(() => sleep(1))
    pending.addDoneCallback(() => variable.set('first'), { context })
    await pending.result
    await soon()
    expect(context.get(variable)).toBe('first')
    pending.addDoneCallback(() => variable.set(`${variable.get()}, second`), { context })
    await soon()
    expect(context.get(variable)).toBe('first, second')
    expect(variable.get()).toBe('nope')
  }))

test('AS-02 what done callbacks set never shows up in a task that goes on awaiting', () =>
  alone(async () => {
    const work = async (value: string) => {
      variable.set(value)
      for (let i = 0; i < 10; i++) {
        const child = createTask(() => sleep(1))
        child.addDoneCallback(() => variable.set('of a callback'))
        await child.result
        await sleep(0)
        expect(variable.get()).toBe(value)
      }
      return value
    }
    expect(
      await gather(
        () => work('a'),
        () => work('b'),
      ),
    ).toEqual(['a', 'b'])
    expect(variable.get()).toBe('nope')
  }))

test('each is called once, in the order of their adding, with the task, which is done', async () => {
  const calls: unknown[] = []
  const task = createTask(async () => 7)
  const callback = (name: string) => (done: Task<number>) => calls.push([name, done === task, done.done])
  task.addDoneCallback(callback('a'))
  task.addDoneCallback(callback('b'))
  expect(task.done).toBe(false)
  task.result.then(() => task.addDoneCallback(callback('c')))
  await soon()
  expect(calls).toEqual(['a', 'b', 'c'].map((name) => [name, true, true]))
})

test('one that throws is reported as uncaught, and the others are called', async () => {
  const calls: string[] = []
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve))
  const task = createTask(async () => {})
  task.addDoneCallback(() => {
    throw new RangeError('of a done callback')
  })
  task.addDoneCallback(() => calls.push('next'))
  expect(await uncaught).toMatchObject({ message: 'of a done callback' })
  await soon()
  for (const other of others) process.on('uncaughtException', other)
  expect(calls).toEqual(['next'])
  expect(await task.result).toBeUndefined()
})

test('a failure is told to them, and stays unhandled unless somebody handles it', async () => {
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve))
  const outcome = new Promise<string>((resolve) => {
    const task = createTask(async () => {
      throw new RangeError('of the work')
    })
    task.addDoneCallback(({ done }) => resolve(`done: ${done}`))
  })
  expect(await outcome).toBe('done: true')
  expect(await unhandled).toMatchObject({ message: 'of the work' })
  for (const other of others) process.on('unhandledRejection', other)
})

test('what is removed is not called, however often it was added', async () => {
  const calls: string[] = []
  const twice = () => calls.push('twice')
  const task = createTask(async () => {})
  task.addDoneCallback(twice)
  task.addDoneCallback(() => calls.push('stays'))
  task.addDoneCallback(twice)
  expect(task.removeDoneCallback(twice)).toBe(2)
  expect(task.removeDoneCallback(twice)).toBe(0)
  await soon()
  expect(calls).toEqual(['stays'])
  expect(task.removeDoneCallback(twice)).toBe(0)
})

test('what is no function and what is no context is refused', () => {
  const task = createTask(async () => {})
  expect(() => task.addDoneCallback(7 as never)).toThrow('addDoneCallback: a function was expected, got 7')
  expect(() => task.addDoneCallback(() => {}, { context: {} as never })).toThrow(/Context was expected, got/)
})

test('a task that is done keeps neither the callback nor its context', async () => {
  const task = createTask(async () => {})
  const reference = await new Promise<WeakRef<Context>>((resolve) => {
    const context = new Context()
    const weak = new WeakRef(context)
    task.addDoneCallback(() => resolve(weak), { context })
  })
  expect(await collected(() => reference.deref() ?? {})).toBe(true)
  expect(task.done).toBe(true)
})
