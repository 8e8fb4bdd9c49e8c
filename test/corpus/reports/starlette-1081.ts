// encode/starlette#1081: a middleware that calls the application in a task of its own never sees the session that the handler left in a
// variable, and closes nothing. What is set in a copy does not come back; and since the variable has a default, nothing fails: a note.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const sessionVar = new ContextVar<{ close(): void } | null>('session', { default: null })

async function handler() {
  sessionVar.set({ close() {} })
}

async function dispatch() {
  await createTask(handler).result
  sessionVar.get()?.close()
}

export const asReported: Program = {
  run: () => createTask(dispatch).result,
  finds: [
    {
      severity: 'info',
      rule: 'left-in-copy',
      lines: ['await createTask(handler).result', 'sessionVar.set({ close() {} })'],
      says: 'and then read the default of session',
    },
  ],
}

export const mended: Program = {
  run: () =>
    createTask(async () => {
      const token = sessionVar.set(null)
      await handler()
      sessionVar.get()?.close()
      sessionVar.reset(token)
    }).result,
  finds: [],
}
