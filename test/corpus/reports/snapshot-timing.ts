// The other half of pytest-dev/pytest-asyncio#149, and of many a question: what is set after a task was made is not in its copy, although
// the task has not begun. Nothing fails, and another value than the default may never have been meant: a note.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const requestId = new ContextVar('request_id', { default: '-' })

const log = async () => requestId.get()

export const asReported: Program = {
  run: () =>
    createTask(async () => {
      const logged = createTask(log)
      const token = requestId.set('4711')
      await logged.result
      requestId.reset(token)
    }).result,
  finds: [
    {
      severity: 'info',
      rule: 'set-too-late',
      lines: ['const logged = createTask(log)', "const token = requestId.set('4711')"],
    },
  ],
}

export const mended: Program = {
  run: () =>
    createTask(async () => {
      const token = requestId.set('4711')
      await createTask(log).result
      requestId.reset(token)
    }).result,
  finds: [],
}
