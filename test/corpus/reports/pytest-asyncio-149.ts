// pytest-dev/pytest-asyncio#149: a task is said to leak, because it reads what its maker had set before. That is what a copy is; and where
// it is set a line later, it comes too late. The first is no mistake, and nothing may be said of it.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const cv = new ContextVar('var', { default: 'none' })

const readVar = async () => cv.get()

export const asReported: Program = {
  run: () =>
    createTask(async () => {
      const token = cv.set('hi')
      await createTask(readVar).result
      cv.reset(token)
    }).result,
  finds: [],
}
