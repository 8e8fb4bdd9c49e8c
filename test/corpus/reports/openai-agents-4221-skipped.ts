// openai/openai-agents-python#4221, its second half: so that closing a generator does not fail, its `finally` skips the reset when it is
// closed early. The trace that is over stays current, and what comes later is nested under it.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const currentTrace = new ContextVar<string | null>('current_trace', { default: null })

async function* runStreamed() {
  let isThrough = false
  const token = currentTrace.set('Agent workflow')
  try {
    yield 'first event'
    yield 'second event'
    isThrough = true
  } finally {
    if (isThrough) currentTrace.reset(token)
  }
}

const parentOfNextSpan = () => createTask(() => currentTrace.get()).result

export const asReported: Program = {
  run: async () => {
    for await (const _event of runStreamed()) break
    await parentOfNextSpan()
  },
  finds: [
    {
      severity: 'warning',
      rule: 'forgotten-reset',
      lines: [
        "const token = currentTrace.set('Agent workflow')",
        'const parentOfNextSpan = () => createTask(() => currentTrace.get()).result',
      ],
    },
  ],
}

export const mended: Program = {
  run: async () => {
    for await (const _event of runStreamed());
    await parentOfNextSpan()
  },
  finds: [],
  // Nobody asks for it before the next span.
  findsOnRequest: [
    { severity: 'info', rule: 'without-effect', lines: ["const token = currentTrace.set('Agent workflow')"] },
  ],
}
