// stanfordnlp/dspy#8797: async generators that are merged are advanced by a task for each step, so the block in one of them ends in another
// task than it began in.

import { ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { type Program, refused } from '../program'

const overrides = new ContextVar<object>('context_overrides', { default: {} })

async function* usesContext() {
  yield 'start'
  const token = overrides.set({ lm: 'ministral' })
  yield 'some'
  overrides.reset(token)
}

async function merge<T>(...sources: AsyncGenerator<T>[]): Promise<T[]> {
  const merged: T[] = []
  for (const source of sources) {
    for (;;) {
      const next = await createTask(() => source.next()).result
      if (next.done === true) break
      merged.push(next.value)
    }
  }
  return merged
}

export const asReported: Program = {
  run: () => refused(() => merge(usesContext()), /different Context/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        "const token = overrides.set({ lm: 'ministral' })",
        'const next = await createTask(() => source.next()).result',
        'overrides.reset(token)',
      ],
      says: 'two copies of the base context',
    },
  ],
}

/** Each source is a task, from its first step to its last. */
async function mendedMerge<T>(...sources: AsyncGenerator<T>[]): Promise<T[]> {
  const merged: T[] = []
  const drain = (source: AsyncGenerator<T>) => async () => {
    for await (const value of source) merged.push(value)
  }
  await gather(...sources.map(drain))
  return merged
}

export const mended: Program = { run: () => mendedMerge(usesContext(), usesContext()), finds: [] }
