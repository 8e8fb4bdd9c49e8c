// ipython/ipykernel#1457 (#749): as ipython#11565, where the variable has a default: the next cell reads that, and nothing fails.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const bro = new ContextVar('bro', { default: 'thisismydefaultvalue' })

export const asReported: Program = {
  run: async () => {
    const cells = [() => void bro.set('MODIFIED'), () => bro.get()]
    for (const [number, cell] of cells.entries()) await createTask(cell, { name: `${number}` }).result
  },
  finds: [
    {
      severity: 'info',
      rule: 'forgotten-reset',
      lines: ["const cells = [() => void bro.set('MODIFIED'), () => bro.get()]"],
    },
  ],
}

/** Somebody signs in, and somebody else comes as a guest. */
export const cannotBeToldFrom = {
  run: async () => {
    const signIn = () => void bro.set('MODIFIED')
    const greet = () => bro.get()
    await createTask(signIn, { name: '0' }).result
    await createTask(greet, { name: '1' }).result
  },
  because: 'one task that sets and another one that reads the default are how variables work',
}
