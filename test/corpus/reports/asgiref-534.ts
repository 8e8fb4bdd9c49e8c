// django/asgiref#534: a middleware sets a variable, and resets it in a function that `sync_to_async` calls. Changes are copied back from
// there, so the value is the same on both sides; the context is not, and the reset is refused.

import { ContextVar, copyContext, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const currentUser = new ContextVar<string>('currentuser')

async function syncToAsync(fn: () => void) {
  const context = copyContext()
  await sleep()
  context.run(fn)
  for (const [variable, value] of context) if (variable.get() !== value) variable.set(value)
}

async function request() {
  const token: Token<string> = currentUser.set('alice')
  await syncToAsync(() => {
    currentUser.reset(token)
  })
}

export const asReported: Program = {
  run: () => refused(() => createTask(request).result, /different Context/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        "const token: Token<string> = currentUser.set('alice')",
        'const context = copyContext()',
        'currentUser.reset(token)',
      ],
      says: 'which runs in a copy of it',
    },
  ],
}

async function mendedRequest() {
  const token = currentUser.set('alice')
  await syncToAsync(() => currentUser.get())
  currentUser.reset(token)
}

export const mended: Program = { run: () => createTask(mendedRequest).result, finds: [] }
