// What a traced function costs that nobody records, beside what it is made of. A ratio with much room, measured together.

import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { ContextVar, copyContext } from 'contextvars-devtools'
import { ContextVarsContextManager } from 'contextvars-devtools/opentelemetry'
import { expect, test } from 'vitest'

const variable = new ContextVar<number>('costly')
const CALLS = 200

async function took(call: () => unknown): Promise<number> {
  const begin = performance.now()
  for (let n = 0; n < CALLS; n++) call()
  const end = performance.now()
  // What the calls have left in the queue is not the next one's.
  await new Promise((resolve) => setTimeout(resolve))
  return end - begin
}

// Here they cost the same.
test('context.with costs what it costs to run a copy and to set one variable there', async () => {
  const manager = new ContextVarsContextManager().enable()
  const context = ROOT_CONTEXT.setValue(createContextKey('key'), 1)
  const best = { traced: Number.POSITIVE_INFINITY, run: Number.POSITIVE_INFINITY }
  for (let turn = 0; turn < 60; turn++) {
    best.traced = Math.min(best.traced, await took(() => manager.with(context, () => 1)))
    best.run = Math.min(best.run, await took(() => copyContext().run(() => variable.set(1))))
  }
  manager.disable()
  expect(best.traced / best.run).toBeLessThan(3)
})
