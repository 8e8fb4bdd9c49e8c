// gevent/gevent#1930: a timeout ends a greenlet that holds a generator, and the generator is finalized by the greenlet that comes next.
// Greenlets begin empty, so the two contexts have nothing in common.

import { ContextVar } from 'contextvars-devtools'
import { spawn } from 'contextvars-devtools/async'
import { type Program, refused } from '../program'

const foo = new ContextVar<number>('foo')

function* waiter() {
  const token = foo.set(1)
  try {
    yield
  } finally {
    foo.reset(token)
  }
}

async function timeout() {
  const held = waiter()
  await spawn(() => void held.next(), { name: 'timed out' }).result
  await spawn(() => void held.return(), { name: 'next' }).result
}

export const asReported: Program = {
  run: () => refused(timeout, /different Context/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: ['const token = foo.set(1)', 'foo.reset(token)'],
      says: 'no context is known that both came from. Both lines are parts of the generator waiter',
    },
  ],
}

export const mended: Program = {
  run: () =>
    spawn(() => {
      const held = waiter()
      held.next()
      held.return()
    }).result,
  finds: [],
}
