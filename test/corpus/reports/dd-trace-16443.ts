// DataDog/dd-trace-py#16443 (PR #16643): a server copies what it serves, and that holds, by way of a tracer, something that cannot be data. So
// there is no copy at all, and the server does not start.

import { Context, ContextReducer, ContextVar } from 'contextvars-devtools'
import { type Program, refused } from '../program'

const reducer = new ContextReducer()
const route = new ContextVar<object>('route')
reducer.registerContextVar(route, { __name__: 'airflow', route })

function copied(value: object) {
  const context = new Context()
  context.run(() => route.set(value))
  return structuredClone(reducer.reduce(context))
}

const withTracer = { path: '/dags', tracer: { storage: new ContextVar('_storage_stack') } }

export const asReported: Program = {
  run: () => refused(() => copied(withTracer), /ContextVar|clone/),
  finds: [
    {
      severity: 'warning',
      rule: 'not-reduced',
      lines: ['return structuredClone(reducer.reduce(context))'],
      says: 'there is no data at all',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ['context.run(() => route.set(value))'] },
  ],
}

/** What is of this place alone stays out of it. */
export const mended: Program = {
  run: () => void copied({ path: '/dags' }),
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ['context.run(() => route.set(value))'] }],
}
