// temporalio/sdk-python#1853: a span is started in the workflow's task and finished in a done callback of the activity's handle, which
// runs in a copy: "Failed to detach context" in the log, for every activity. Mended by one context for both.

import { ContextVar, copyContext, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const currentSpan = new ContextVar('current_span', { default: 'RunWorkflow' })
const activity = () => sleep()

function detach(token: Token<string>) {
  try {
    currentSpan.reset(token)
  } catch {
    // As there: it is logged, and the work goes on.
  }
}

async function workflow() {
  const token = currentSpan.set('temporal:startActivity')
  const handle = createTask(activity)
  handle.addDoneCallback(() => detach(token))
  await handle.result
  await sleep()
}

export const asReported: Program = {
  run: () => createTask(workflow).result,
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        "const token = currentSpan.set('temporal:startActivity')",
        'handle.addDoneCallback(() => detach(token))',
        'currentSpan.reset(token)',
      ],
      says: 'which runs in a copy of it',
    },
  ],
}

async function mendedWorkflow() {
  const context = copyContext()
  const token = context.run(() => currentSpan.set('temporal:startActivity'))
  const handle = context.run(() => createTask(activity))
  handle.addDoneCallback(() => detach(token), { context })
  await handle.result
  await sleep()
}

export const mended: Program = { run: () => createTask(mendedWorkflow).result, finds: [] }
