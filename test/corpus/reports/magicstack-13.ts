// MagicStack/contextvars#13 (and #14): a handler that is an async function is called by `ctx.run`, and what it sets is seen outside all the
// same: only its first step ran in there. Here all of it does, so nothing leaks.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { type Program, sleep } from '../program'

const variable = new ContextVar('variable', { default: false })

async function handler() {
  const before = variable.get()
  await sleep()
  variable.set(true)
  return { before, after: variable.get() }
}

const withContext = () => copyContext().run(handler)

export const asReported: Program = {
  run: async () => {
    await withContext()
    const { before } = await withContext()
    if (before) throw new Error('the first request was seen by the second')
  },
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ['variable.set(true)'] }],
}
