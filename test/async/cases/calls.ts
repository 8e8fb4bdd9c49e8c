// AS: scheduled calls. A call runs in a copy of the context in which it was scheduled, or in the one that it is given.

import { Context, ContextVar } from 'contextvars-devtools'
import { callAt, callLater, callSoon } from 'contextvars-devtools/async'
import { type Cases, deferred, isCollected, isCurrent, same } from './case'

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
    // Made later for the same moment: its turn comes after theirs would have.
    await new Promise<void>((resolve) => callLater(5, resolve))
    same(ran, 0)
    same(await isCollected(host, reference), true)
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
