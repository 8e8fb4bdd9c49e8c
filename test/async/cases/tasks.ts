// AS: tasks. A task has a copy of its creator's context, or the one that it is given, and each of its steps runs there.

import { Context, ContextVar, copyContext, RuntimeError } from 'contextvars-devtools'
import { callSoon, createTask, gather, type Task, TaskGroup } from 'contextvars-devtools/async'
import { type Cases, deferred, isCollected, isCurrent, rejects, same, sleep, throws } from './case'

/** Two tasks, one after the other, in a context that they share. */
async function twoInOneContext(): Promise<void> {
  const variable = new ContextVar<number>('variable')
  const context = copyContext()
  const seen = [context.get(variable)]
  for (const value of [1, 2]) {
    const work = async (): Promise<void> => {
      await sleep()
      variable.set(value)
    }
    await createTask(work, { context }).result
    seen.push(context.get(variable))
  }
  same(seen, [undefined, 1, 2])
}

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

  'AS-04 two tasks in one given context, made in a task': () => createTask(twoInOneContext).result,

  'AS-05 two tasks in one given context, made outside of any task': twoInOneContext,

  'AS-06 two tasks in one given context, made in a task that was given one, too': () =>
    createTask(twoInOneContext, { context: new Context() }).result,

  async 'AS-07 a task tells its context'() {
    const context = new Context()
    same(createTask(async () => {}, { context }).context, context)
    const variable = new ContextVar<string>('variable')
    variable.set('of the creator')
    const task: Task<boolean> = createTask(async () => isCurrent(task.context))
    same(task.context.get(variable), 'of the creator')
    same(await task.result, true)
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

  async 'AS-09 a task of a group runs in the context that it is given'() {
    const variable = new ContextVar<number>('variable')
    const context = new Context()
    const group = new TaskGroup()
    for (const value of [1, 2]) {
      await group.createTask(async () => variable.set(value), { context }).result
      same(context.get(variable), value)
    }
    await group.join()
    same(variable.get(0), 0)
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

  async 'AS-33 what is no context is refused, and nothing is scheduled'() {
    let ran = false
    const work = async () => {
      ran = true
    }
    throws(TypeError, /Context was expected, got/, () => createTask(work, { context: 2.14 as never }))
    throws(TypeError, /Context was expected, got/, () => callSoon(work, { context: {} as never }))
    await sleep()
    same(ran, false)
  },

  async 'AS-34 an eager start in a context that is entered already is an error, and nothing hangs'() {
    const context = new Context()
    await context.run(() =>
      rejects(
        RuntimeError,
        /is already entered/,
        // Thrown at once or by its result: either way it surfaces.
        (async () => createTask(async () => {}, { context, eagerStart: true }).result)(),
      ),
    )
    same(
      context.run(() => 'free again'),
      'free again',
    )
  },

  async 'AS-35 two tasks that share a context see what the other sets'() {
    const variable = new ContextVar<string>('variable')
    const context = new Context()
    const work = (value: string) => async () => {
      variable.set(value)
      await sleep(1)
      return variable.get()
    }
    const both = ['a', 'b'].map((value) => createTask(work(value), { context }))
    same(await gather(...both), ['b', 'b'])
  },

  async 'AS-36 a task may be given the context that is current, since it runs later'() {
    const variable = new ContextVar<string>('variable')
    const context = new Context()
    const task = context.run(() => createTask(async () => variable.set('of the task'), { context }))
    same(context.get(variable), undefined)
    await task.result
    same(context.get(variable), 'of the task')
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
