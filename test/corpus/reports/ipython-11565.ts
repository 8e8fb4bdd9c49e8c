// ipython/ipython#11565: a variable that is set in one cell of a notebook is not set in the next. Each cell is a task.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused } from '../program'

const bro = new ContextVar<string>('bro')

const cells = [
  () => {
    bro.set('modified')
  },
  () => {
    bro.get()
  },
]

export const asReported: Program = {
  run: () =>
    refused(async () => {
      for (const cell of cells) await createTask(cell).result
    }, /LookupError/),
  finds: [
    {
      severity: 'error',
      rule: 'lookup-without-value',
      lines: ["bro.set('modified')", 'for (const cell of cells) await createTask(cell).result', 'bro.get()'],
      says: 'Elsewhere it had been set',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ["bro.set('modified')"] },
  ],
}

export const mended: Program = {
  run: async () => {
    const context = copyContext()
    for (const cell of cells) await createTask(cell, { context }).result
  },
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ["bro.set('modified')"] }],
}
