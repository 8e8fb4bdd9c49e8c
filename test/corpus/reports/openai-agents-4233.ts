// openai/openai-agents-python#4233: as the second half of #4221, with all of it in one task. The generator is closed by the task that
// advanced it, its `finally` skips the reset, and every span that the task opens afterwards is nested under the one that is over.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const currentSpan = new ContextVar<string | null>('current_span', { default: null })

async function* spanned() {
  let isThrough = false
  const token = currentSpan.set('generation')
  try {
    yield 'piece'
    isThrough = true
  } finally {
    if (isThrough) currentSpan.reset(token)
  }
}

const nextSpan = () => createTask(() => currentSpan.get()).result

export const asReported: Program = {
  run: () =>
    createTask(async () => {
      for await (const _piece of spanned()) break
      if ((await nextSpan()) !== 'generation') throw new Error('nothing stayed')
    }).result,
  finds: [
    {
      severity: 'info',
      rule: 'forgotten-reset',
      lines: [
        "const token = currentSpan.set('generation')",
        'const nextSpan = () => createTask(() => currentSpan.get()).result',
      ],
      says: 'made outside of it, started with the value and read it',
    },
  ],
}

export const mended: Program = {
  run: () =>
    createTask(async () => {
      for await (const _piece of spanned());
      await nextSpan()
    }).result,
  finds: [],
}
