// wool-labs/wool#69: the time that a dispatch may take is set in a variable, which stays behind when the task is pickled for a worker. There it is
// the default, so what the worker dispatches further waits for ever.

import { Context, ContextReducer, ContextVar, copyContext } from 'contextvars-devtools'
import type { Program } from '../program'

const dispatchTimeout = new ContextVar('dispatch_timeout', { default: Number.POSITIVE_INFINITY })

function dispatch(reducer: ContextReducer) {
  using _timeout = dispatchTimeout.set(5)
  return JSON.stringify(reducer.reduce(copyContext()))
}

const dispatched = (reducer: ContextReducer) => new Context().run(dispatch, reducer)

const inWorker = (reducer: ContextReducer, task: string) =>
  reducer.restore(JSON.parse(task)).run(() => dispatchTimeout.get())

export const asReported: Program = {
  run: () => {
    const reducer = new ContextReducer()
    if (inWorker(reducer, dispatched(reducer)) === 5) throw new Error('the variable went along')
  },
  finds: [
    {
      severity: 'info',
      rule: 'not-reduced',
      lines: ['return JSON.stringify(reducer.reduce(copyContext()))'],
      says: 'The value of dispatch_timeout is not in it',
    },
  ],
}

export const mended: Program = {
  run: () => {
    const reducer = new ContextReducer()
    reducer.registerContextVar(dispatchTimeout, { __name__: 'wool', dispatch_timeout: dispatchTimeout })
    if (inWorker(reducer, dispatched(reducer)) !== 5) throw new Error('the variable stayed behind')
  },
  finds: [],
}
