// open-telemetry/opentelemetry-js#5914 (#3773, #1502): behind a later `await` the active span of a page is gone. Nothing fails: spans that are
// begun there have no parent. Here that needs more of them, of plain values and in one row.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const activeSpan = new ContextVar<string>('active_span', { default: 'none' })

async function general() {
  activeSpan.set('general')
  for (let test = 1; test <= 60; test++) await test
  return activeSpan.get()
}

export const asReported: Program = {
  run: async () => {
    if ((await createTask(general).result) !== 'none') throw new Error('the span was not lost')
  },
  finds: [
    {
      severity: 'warning',
      rule: 'context-lost',
      lines: ["activeSpan.set('general')", 'return activeSpan.get()', 'return activeSpan.get()'],
      says: 'the same function had set it to "general"',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ["activeSpan.set('general')"] },
  ],
}

async function seen() {
  using _span = activeSpan.set('general')
  for (let test = 1; test <= 60; test++) await sleep()
  return activeSpan.get()
}

export const mended: Program = {
  run: async () => {
    if ((await createTask(seen).result) !== 'general') throw new Error('the span was lost')
  },
  finds: [],
}
