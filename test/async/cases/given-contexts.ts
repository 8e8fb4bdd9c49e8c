// AS: tasks that are given a context, and what a task tells of its own.

import { Context, ContextVar, copyContext, RuntimeError } from 'contextvars-devtools'
import { callSoon, createTask, gather, type Task, TaskGroup } from 'contextvars-devtools/async'
import { type Cases, isCurrent, rejects, same, sleep, throws } from './case'

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

export const givenContexts: Cases = {
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
}
