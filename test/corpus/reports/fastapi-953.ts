// fastapi/fastapi#953: a dependency that is no async function runs in a thread, and there in a copy of the context: the route does not see
// what it set.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const user = new ContextVar<string>('user')

async function runInThreadpool(fn: () => void) {
  const context = copyContext()
  await sleep()
  context.run(fn)
}

function dependency() {
  user.set('ada')
}

const route = () => user.get()

async function request() {
  await runInThreadpool(dependency)
  return route()
}

export const asReported: Program = {
  run: () => refused(() => createTask(request).result, /LookupError/),
  finds: [
    {
      severity: 'error',
      rule: 'lookup-without-value',
      lines: ['const context = copyContext()', "user.set('ada')", 'const route = () => user.get()'],
      says: 'what a copy sets never reaches the context that it came from',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ["user.set('ada')"] },
  ],
}

async function mendedRequest() {
  await (async () => dependency())()
  return route()
}

export const mended: Program = {
  run: () => createTask(mendedRequest).result,
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ["user.set('ada')"] }],
}
