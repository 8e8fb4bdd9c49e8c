// django/asgiref#267: a middleware whose two halves are synchronous sets in one call of `sync_to_async` and resets in the next. Each has a
// copy of its own.

import { ContextVar, copyContext, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const span = new ContextVar('span', { default: 'none' })

async function syncToAsync<T>(fn: () => T, context = copyContext()): Promise<T> {
  await sleep()
  return context.run(fn)
}

const processRequest = () => span.set('GET /')
const processResponse = (token: Token<string>) => span.reset(token)

async function middleware() {
  const token = await syncToAsync(processRequest)
  await syncToAsync(() => processResponse(token))
}

export const asReported: Program = {
  run: () => refused(() => createTask(middleware).result, /different Context/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        "const processRequest = () => span.set('GET /')",
        'async function syncToAsync<T>(fn: () => T, context = copyContext()): Promise<T> {',
        'const processResponse = (token: Token<string>) => span.reset(token)',
      ],
      says: 'which do not see each other’s values',
    },
  ],
}

/** As django/asgiref#536 lets one do: both halves in one context. */
async function mendedMiddleware() {
  const context = copyContext()
  const token = await syncToAsync(processRequest, context)
  await syncToAsync(() => processResponse(token), context)
}

export const mended: Program = { run: () => createTask(mendedMiddleware).result, finds: [] }
