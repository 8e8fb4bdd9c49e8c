// python/cpython#118944: after `break`, asyncio finishes an async generator in a task of its own, and its `finally` cannot reset. In
// JavaScript `break` waits for the generator to end, where the loop is: nothing is wrong, and nothing may be said.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const one = new ContextVar<number>('one')

async function* gen() {
  const token = one.set(1)
  try {
    yield 1
    yield 2
  } finally {
    await sleep()
    one.reset(token)
  }
}

export const asReported: Program = {
  run: () =>
    createTask(async () => {
      for await (const _value of gen()) break
    }).result,
  finds: [],
}
