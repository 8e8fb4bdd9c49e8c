// langgenius/dify#35775: a block that brings captured variables into a worker sets each of them, and resets none at its end. What runs in
// the worker afterwards, for others, has them still.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const tenant = new ContextVar('tenant', { default: 'nobody' })

async function executeNode(captured: Context) {
  for (const [variable, value] of captured) variable.set(value)
  await sleep()
}

const nextNode = () => createTask(() => tenant.get()).result

function capturedFrom(name: string) {
  const context = new Context()
  context.run(() => tenant.set(name))
  return context
}

export const asReported: Program = {
  run: async () => {
    await executeNode(capturedFrom('ada'))
    if ((await nextNode()) !== 'ada') throw new Error('nothing stayed')
  },
  finds: [
    {
      severity: 'warning',
      rule: 'forgotten-reset',
      lines: [
        'for (const [variable, value] of captured) variable.set(value)',
        'const nextNode = () => createTask(() => tenant.get()).result',
      ],
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ['context.run(() => tenant.set(name))'] },
  ],
}

async function mendedNode(captured: Context) {
  const undo: (() => void)[] = []
  for (const [variable, value] of captured) {
    const token = variable.set(value)
    undo.push(() => variable.reset(token))
  }
  await sleep()
  for (const reset of undo.reverse()) reset()
}

export const mended: Program = {
  run: async () => {
    await mendedNode(capturedFrom('grace'))
    if (tenant.get() === 'grace') throw new Error('something stayed')
  },
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ['context.run(() => tenant.set(name))'] }],
}
