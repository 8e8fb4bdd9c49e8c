// openai/openai-agents-python#4221: a trace that an async generator holds open cannot be reset where another task closes the generator:
// the token was created in a different Context, and the trace stays current for who had advanced it.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused } from '../program'

const currentTrace = new ContextVar<string | null>('current_trace', { default: null })

async function* runStreamed() {
  const token = currentTrace.set('Agent workflow')
  try {
    yield 'first event'
    yield 'second event'
  } finally {
    currentTrace.reset(token)
  }
}

async function advancedHereClosedThere() {
  const events = runStreamed()
  await createTask(() => events.next(), { name: 'consumer' }).result
  await createTask(() => events.return(), { name: 'cleanup' }).result
}

export const asReported: Program = {
  run: () => refused(advancedHereClosedThere, /different Context/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        "const token = currentTrace.set('Agent workflow')",
        "await createTask(() => events.return(), { name: 'cleanup' }).result",
        'currentTrace.reset(token)',
      ],
      says: 'Both lines are parts of the generator runStreamed',
    },
  ],
}

export const mended: Program = {
  run: () =>
    createTask(async () => {
      for await (const _event of runStreamed()) break
    }).result,
  finds: [],
}
