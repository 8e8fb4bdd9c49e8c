// PyCQA/flake8-bugbear#475 (werkzeug#2103, flower#6139): a default that can be changed is one for all contexts. Who adds to the list adds to
// everybody's.

import { ContextVar, copyContext } from 'contextvars-devtools'
import type { Program } from '../program'

export const asReported: Program = {
  run: () => {
    const cv = new ContextVar<number[]>('cv', { default: [] })
    const append = () => {
      cv.get().push(0)
    }
    const context = copyContext()
    context.run(append)
    context.run(append)
    if (cv.get().length !== 2) throw new Error('nothing leaked')
  },
  finds: [
    {
      severity: 'info',
      rule: 'default-changed',
      lines: [
        "const cv = new ContextVar<number[]>('cv', { default: [] })",
        "if (cv.get().length !== 2) throw new Error('nothing leaked')",
      ],
      says: 'The default of cv was [] when it was made',
    },
  ],
}

export const mended: Program = {
  run: () => {
    const fresh = new ContextVar<readonly number[]>('fresh', { default: [] })
    const append = () => {
      fresh.set([...fresh.get(), 0])
    }
    const context = copyContext()
    context.run(append)
    context.run(append)
    if (fresh.get().length !== 0) throw new Error('something leaked')
  },
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ['fresh.set([...fresh.get(), 0])'] }],
}
