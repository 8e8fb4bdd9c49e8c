// ipython/ipykernel#1457 (#749): as ipython#11565, where the variable has a default: the next cell reads that, and nothing fails.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const bro = new ContextVar('bro', { default: 'thisismydefaultvalue' })

export const asReported: Program = {
  run: async () => {
    await createTask(() => {
      bro.set('MODIFIED')
    }).result
    await createTask(() => bro.get()).result
  },
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ["bro.set('MODIFIED')"] }],
}

export const notDiagnosed =
  'two tasks, one of which sets and the other reads the default, are how variables are meant to work; that the second continues the first is no fact.'
