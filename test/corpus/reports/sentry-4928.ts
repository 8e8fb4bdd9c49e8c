// getsentry/sentry-python#4928 (#4925): where a generator that holds a scope is closed early by somebody else, the error of the reset is
// caught and dropped. It is quiet then, and the scope stays where it was.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const currentScope = new ContextVar<string | null>('current_scope', { default: null })

async function* isolated() {
  const token = currentScope.set('test-user-123')
  try {
    yield 1
    yield 2
  } finally {
    try {
      currentScope.reset(token)
    } catch {
      // As there: left to the garbage collector.
    }
  }
}

export const asReported: Program = {
  run: async () => {
    const values = isolated()
    await createTask(() => values.next()).result
    await createTask(() => values.return(undefined)).result
  },
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        "const token = currentScope.set('test-user-123')",
        'await createTask(() => values.return(undefined)).result',
        'currentScope.reset(token)',
      ],
      says: 'came to a good end all the same',
    },
  ],
}
