// fastapi/fastapi#4575: what a dependency does after its `yield` runs when the exit stack is closed, outside of the task that entered it,
// and cannot reset what it set before the `yield`.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused } from '../program'

const requestState = new ContextVar<object | null>('request_state', { default: null })

async function* dependency() {
  const token = requestState.set({ user: 'deadpond' })
  yield
  requestState.reset(token)
}

async function application() {
  const exitStack: AsyncGenerator[] = []
  const enter = async () => {
    const entered = dependency()
    exitStack.push(entered)
    await entered.next()
  }
  await createTask(enter, { name: 'behind a middleware' }).result
  for (const entered of exitStack) await entered.next()
}

export const asReported: Program = {
  run: () => refused(() => createTask(application).result, /different Context/),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        "await createTask(enter, { name: 'behind a middleware' }).result",
        "const token = requestState.set({ user: 'deadpond' })",
        'requestState.reset(token)',
      ],
      says: 'what was set in the copy never reached it',
    },
  ],
}

async function mendedApplication() {
  const entered = dependency()
  await entered.next()
  await entered.next()
}

export const mended: Program = { run: () => createTask(mendedApplication).result, finds: [] }
