// run-llama/llama_index#21587: a step of a workflow starts a span and ends it in a continuation, which runs in a copy of the context. The
// copy still sees the span, but the token is of the original.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const span = new ContextVar<string | null>('span', { default: null })

function step() {
  const token = span.set('step')
  return sleep().finally(() => {
    span.reset(token)
  })
}

export const asReported: Program = {
  run: () => refused(() => createTask(step).result, /different Context/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: ["const token = span.set('step')", 'return sleep().finally(() => {', 'span.reset(token)'],
      says: 'which runs in a copy of it',
    },
  ],
}

async function mendedStep() {
  const token = span.set('step')
  try {
    await sleep()
  } finally {
    span.reset(token)
  }
}

export const mended: Program = { run: () => createTask(mendedStep).result, finds: [] }
