// AS: tasks. A task has a copy of its creator's context, and each of its steps runs there.

import { ContextVar } from 'contextvars-devtools'
import { callSoon, createTask, gather } from 'contextvars-devtools/async'
import { type Cases, deferred, isCollected, same, sleep } from './case'

export const tasks: Cases = {
  async 'AS-01 a child has what was set before its creation, and its parent nothing of the child’s'() {
    const variable = new ContextVar<string>('variable', { default: 'nope' })
    const child = createTask(async () => {
      same(variable.get(), 'nope')
      await sleep(1)
      same(variable.get(), 'nope')
      variable.set('of the child')
    })
    variable.set('yes')
    await child.result
    same(variable.get(), 'yes')
  },

  async 'AS-02 a callback for when it is done sets, and who waits sees nothing of it'() {
    const variable = new ContextVar<string>('variable', { default: 'nope' })
    const main = createTask(async () => {
      same(variable.get(), 'nope')
      for (let j = 0; j < 2; j++) {
        const { promise, resolve } = deferred()
        void promise.then(() => variable.set('of the callback'))
        variable.set(`yes ${j}`)
        callSoon(resolve)
        await promise
        same(variable.get(), `yes ${j}`)
        for (let i = 0; i < 3; i++) {
          variable.set(`yes ${j} ${i}`)
          await sleep(1)
          same(variable.get(), `yes ${j} ${i}`)
        }
      }
    })
    await main.result
    same(variable.get(), 'nope')
  },

  async 'AS-03 a hundred tasks with ten random sleeps each see their own value'() {
    const variable = new ContextVar<number>('variable', { default: -1 })
    const work = (value: number) => async () => {
      variable.set(value)
      for (let i = 0; i < 10; i++) {
        await sleep(Math.random() * 3)
        same(variable.get(), value)
      }
    }
    await gather(...Array.from({ length: 100 }, (_, i) => work(i)))
    same(variable.get(), -1)
  },

  async 'AS-08 what a task held is collectable when the task is done'(host) {
    const variable = new ContextVar<object>('variable')
    const run = async (): Promise<WeakRef<object>> => {
      const held = { data: new Array(1000) }
      const task = createTask(async () => {
        variable.set(held)
        callSoon(() => {})
        await sleep()
      })
      await task.result
      return new WeakRef(held)
    }
    same(await isCollected(host, await run()), true)
  },

  async 'AS-12 an eager task runs its first step at once, and in its own context'() {
    const variable = new ContextVar<number>('variable')
    variable.set(1)
    const steps: number[] = []
    const work = async (): Promise<void> => {
      variable.set(2)
      steps.push(variable.get())
      await sleep(1)
      variable.set(3)
      steps.push(variable.get())
    }
    const task = createTask(work, { eagerStart: true })
    same([steps, variable.get()], [[2], 1])
    await task.result
    same([steps, variable.get()], [[2, 3], 1])
  },

  async 'AS-13 two tasks calculate side by side, each with a precision of its own'() {
    const precision = new ContextVar<number>('precision', { default: 28 })
    const divide = (digits: number) => async () => {
      precision.set(digits)
      const results: string[] = []
      for (let i = 0; i < 3; i++) {
        await sleep(Math.random() * 3)
        results.push((1 / 3).toPrecision(precision.get()))
      }
      return results
    }
    const [short, long] = await gather(divide(2), divide(6))
    same([...new Set(short), ...new Set(long)], ['0.33', '0.333333'])
    same(precision.get(), 28)
  },

  async 'AS-38 two tasks that hand over to each other keep their own values'() {
    const variable = new ContextVar<string>('variable')
    const turns = Array.from({ length: 5 }, () => deferred())
    const seen: string[] = []
    const work = (values: readonly string[], first: number) => async () => {
      for (const [i, value] of values.entries()) {
        await turns[first + 2 * i]?.promise
        seen.push(variable.get('none'))
        variable.set(value)
        turns[first + 2 * i + 1]?.resolve()
      }
      await turns[4]?.promise
      return variable.get()
    }
    const both = gather(work(['A', 'C'], 0), work(['B', 'D'], 1))
    turns[0]?.resolve()
    same(await both, ['C', 'D'])
    same(seen, ['none', 'none', 'A', 'B'])
  },

  async 'AS-39 a task has the name that it is given, or one of its own'() {
    same(createTask(async () => {}, { name: 'Alice' }).name, 'Alice')
    const names = [1, 2].map(() => createTask(async () => {}).name)
    same([names.every((name) => /^Task-\d+$/.test(name)), new Set(names).size], [true, 2])
  },

  async 'AS-40 a grandchild has what its parent holds when it is made'() {
    const variable = new ContextVar<string>('variable')
    variable.set('of the grandparent')
    const parent = createTask(async () => {
      variable.set('of the parent')
      const child = createTask(async () => variable.get())
      variable.set('set later')
      return await child.result
    })
    same(await parent.result, 'of the parent')
  },
}
