// AS: what crosses from one task to another, and what does not: that it is done, a result, a cancellation, a value.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask, gather, type Task } from 'contextvars-devtools/async'
import { type Cases, deferred, isCurrent, same, sleep } from './case'

export const betweenTasks: Cases = {
  async 'AS-20 a callback for when a task is done sees what was set until it was added'() {
    const variable = new ContextVar<string>('variable')
    const task = createTask(() => sleep(1))
    const { promise, resolve } = deferred<unknown[]>()
    variable.set('when it was added')
    task.addDoneCallback((done) => resolve([variable.get(), done === task, done.done]))
    variable.set('later')
    same(await promise, ['when it was added', true, true])
  },

  async 'AS-21 one that is added to a task that is done already is called soon, and by the same rules'() {
    const variable = new ContextVar<string>('variable')
    const task = createTask(async () => {})
    await task.result
    same(task.done, true)
    const { promise, resolve } = deferred<string>()
    let called = false
    variable.set('when it was added')
    task.addDoneCallback(() => {
      called = true
      const seen = variable.get()
      variable.set('of the callback')
      resolve(seen)
    })
    same(called, false)
    variable.set('later')
    same(await promise, 'when it was added')
    same(variable.get(), 'later')
  },

  async 'AS-22 one that is given a context is called in that very one'() {
    const task = createTask(() => sleep(1))
    const context = new Context()
    const { promise, resolve } = deferred<boolean>()
    task.addDoneCallback(() => resolve(isCurrent(context)), { context })
    same(await promise, true)
  },

  async 'AS-23 who awaits goes on in their own context, whoever resolves'() {
    const variable = new ContextVar<string>('variable')
    const { promise, resolve } = deferred()
    const waiting: Task<unknown[]> = createTask(async () => {
      variable.set('waiting')
      await promise
      return [variable.get(), isCurrent(waiting.context)]
    })
    const resolving = createTask(async () => {
      variable.set('resolving')
      resolve()
    })
    same(await waiting.result, ['waiting', true])
    await resolving.result
  },

  async 'AS-24 who is cancelled by another task cleans up in their own context'() {
    const variable = new ContextVar<string>('variable')
    const cancellation = new AbortController()
    const cancelled = new Promise<never>((_, reject) => {
      cancellation.signal.addEventListener('abort', () => reject(cancellation.signal.reason))
    })
    const seen: string[] = []
    const worker = createTask(async () => {
      variable.set('worker')
      try {
        await cancelled
      } catch {
        seen.push(variable.get())
        variable.set('cleaning up')
      } finally {
        seen.push(variable.get())
      }
    })
    const canceller = createTask(async () => {
      variable.set('canceller')
      await sleep(1)
      cancellation.abort()
      await worker.result
      return variable.get()
    })
    same(await canceller.result, 'canceller')
    same(seen, ['worker', 'cleaning up'])
  },

  async 'AS-25 what is gathered does not leak to who gathers'() {
    const variable = new ContextVar<string>('variable', { default: 'nope' })
    const work = (value: string) => async () => {
      variable.set(value)
      await sleep(1)
      return variable.get()
    }
    same(await gather(work('a'), work('b')), ['a', 'b'])
    same(variable.get(), 'nope')
  },

  async 'AS-26 a bare call leaks to who awaits it: it is the same context'() {
    const variable = new ContextVar<string>('variable', { default: 'nope' })
    const bare = async (): Promise<void> => {
      await sleep(1)
      variable.set('leaked')
    }
    await bare()
    same(variable.get(), 'leaked')
  },
}
