// open-telemetry/opentelemetry-python#4163 (PR #4164): half of a queue is instrumented. The half that detaches the context has no token of the other
// half, the error of that is caught and logged, and the task is a success all the same.

import { ContextVar, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const currentContext = new ContextVar<string>('current_context')
const logged: unknown[] = []

function detach(token: unknown) {
  try {
    currentContext.reset(token as Token<string>)
  } catch (error) {
    logged.push(error)
  }
}

const task = (attach: () => unknown) => {
  const token = attach()
  detach(token)
}

export const asReported: Program = {
  run: async () => {
    await createTask(() => task(() => null)).result
    if (!/Token/.test(String(logged.pop()))) throw new Error('the reset was not refused')
  },
  finds: [
    {
      severity: 'info',
      rule: 'refusal-swallowed',
      lines: ['currentContext.reset(token as Token<string>)'],
      says: 'came to a good end all the same',
    },
  ],
}

export const mended: Program = {
  run: async () => {
    await createTask(() => task(() => currentContext.set('of the task'))).result
    if (logged.length > 0) throw new Error('the reset was refused')
  },
  finds: [],
}
