// tornadoweb/tornado#2731, mended in #2938: in a coroutine made of a generator, `reset` after a `yield` says that the token was created
// in a different Context; native coroutines are fine. Each step was a callback of what was yielded, and so ran in a copy of its own.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const cv = new ContextVar('cv', { default: false })

async function coroutine(steps: Generator<Promise<void>, void>): Promise<void> {
  const { done, value } = steps.next()
  if (done !== true) await value.then(() => coroutine(steps))
}

function* decorated() {
  const token = cv.set(true)
  yield sleep()
  cv.reset(token)
}

export const asReported: Program = {
  run: () => refused(() => createTask(() => coroutine(decorated())).result, /different Context/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        'const token = cv.set(true)',
        'if (done !== true) await value.then(() => coroutine(steps))',
        'cv.reset(token)',
      ],
      says: 'which runs in a copy of it',
    },
  ],
}

export const mended: Program = { run: () => createTask(decorated).result, finds: [] }
