// AS: scheduled calls, callbacks of tasks that are done, and what crosses from one task to another.

import { Context, ContextVar } from 'contextvars-devtools'
import { callAt, callLater, callSoon, createTask, gather, type Task } from 'contextvars-devtools/async'
import { type Cases, deferred, isCollected, isCurrent, same, sleep } from './case'

type Schedule = (callback: () => void, options?: { context: Context }) => unknown

async function runsInACopyOfNow(schedule: Schedule): Promise<void> {
  const variable = new ContextVar<string>('variable')
  const { promise, resolve } = deferred<string>()
  variable.set('before')
  schedule(() => {
    const seen = variable.get()
    variable.set('of the call')
    resolve(seen)
  })
  variable.set('after')
  same(await promise, 'before')
  same(variable.get(), 'after')
}

async function runsInTheGivenContext(schedule: Schedule): Promise<void> {
  const variable = new ContextVar<string>('variable', { default: 'nope' })
  const context = new Context()
  const { promise, resolve } = deferred<boolean>()
  const callback = (): void => {
    variable.set('of the call')
    resolve(isCurrent(context))
  }
  schedule(callback, { context })
  same(await promise, true)
  same([context.get(variable), variable.get()], ['of the call', 'nope'])
}

const later: Schedule = (callback, options) => callLater(1, callback, options)
const at: Schedule = (callback, options) => callAt(performance.now() + 1, callback, options)

export const calls: Cases = {
  async 'AS-14 a call that is scheduled sees what was set until then'() {
    const variable = new ContextVar<string>('variable')
    const { promise, resolve } = deferred<string>()
    variable.set('at scheduling')
    callSoon(() => resolve(variable.get()))
    variable.set('later')
    same(await promise, 'at scheduling')
  },

  'AS-15 what a scheduled call sets stays in it': () => runsInACopyOfNow(callSoon),

  'AS-16 a call that is given a context runs in that very one': () => runsInTheGivenContext(callSoon),

  async 'AS-17 a call for later, or for a moment, follows the same rules'() {
    for (const schedule of [later, at]) {
      await runsInACopyOfNow(schedule)
      await runsInTheGivenContext(schedule)
    }
  },

  async 'AS-18 a call that throws is reported, others go on, and its context is not left entered'({ uncaught }) {
    const variable = new ContextVar<string>('variable', { default: 'nope' })
    const context = new Context()
    const error = new RangeError('thrown by a scheduled call')
    const reported = uncaught()
    const { promise, resolve } = deferred<string>()
    const fail = (): void => {
      variable.set('of the failure')
      throw error
    }
    callSoon(fail, { context })
    callSoon(() => resolve(variable.get()))
    same(await promise, 'nope')
    same(await reported, error)
    same(
      context.run(() => variable.get()),
      'of the failure',
    )
  },

  async 'AS-19 a cancelled call never runs, and lets go of its context'(host) {
    const variable = new ContextVar<object>('variable')
    let ran = 0
    const schedule = (): WeakRef<object> => {
      const held = { data: new Array(1000) }
      const context = new Context()
      context.run(() => variable.set(held))
      const call = (): void => {
        ran++
      }
      const handles = [callSoon(call, { context }), callLater(5, call, { context }), callLater(1e8, call, { context })]
      for (const handle of handles) handle.cancel()
      same(
        handles.map(({ cancelled }) => cancelled),
        [true, true, true],
      )
      return new WeakRef(held)
    }
    const reference = schedule()
    await sleep(10)
    same(ran, 0)
    same(await isCollected(host, reference), true)
  },

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

  async 'AS-41 a call that is scheduled inside of a run has a copy of that context'() {
    const variable = new ContextVar<string>('variable', { default: 'of the base' })
    const context = new Context()
    const { promise, resolve } = deferred<[string, boolean]>()
    context.run(() => {
      variable.set('of the run')
      callSoon(() => resolve([variable.get(), isCurrent(context)]))
    })
    same(await promise, ['of the run', false])
  },
}
