// python/cpython#88997: `ctx.run(coroutine)` is taken for a way to get at what a coroutine sets. What it sets stays in that context, and who
// awaits it outside asks in vain.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const user = new ContextVar<string>('user')

async function login() {
  await sleep()
  user.set('ada')
}

export const asReported: Program = {
  run: () =>
    refused(
      () =>
        createTask(async () => {
          const context = copyContext()
          await context.run(login)
          return user.get()
        }).result,
      /LookupError/,
    ),
  finds: [
    {
      severity: 'error',
      rule: 'lookup-without-value',
      lines: ['const context = copyContext()', 'await context.run(login)', "user.set('ada')", 'return user.get()'],
      says: 'what a copy sets never reaches the context that it came from',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ["user.set('ada')"] },
  ],
}

export const mended: Program = {
  run: () =>
    createTask(async () => {
      const context = copyContext()
      await context.run(login)
      return context.item(user)
    }).result,
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ["user.set('ada')"] }],
}
