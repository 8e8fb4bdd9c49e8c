// run-llama/llama-agents#486 (#485; aio-libs/aiohttp#3938): a timer that a library starts for good, while a run is current, keeps the
// context of that run, and with it all that the run had put into a variable.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const runContext = new ContextVar<object | null>('run_context', { default: null })

const cleanUpNow = () => {}
const startCleanUp = () => setInterval(cleanUpNow, 5)

async function workflow(start: () => ReturnType<typeof startCleanUp>) {
  const token = runContext.set({ agents: 'some megabytes' })
  const timer = start()
  await sleep()
  runContext.reset(token)
  return timer
}

async function watched(start: () => ReturnType<typeof startCleanUp>) {
  const timer = await createTask(() => workflow(start)).result
  await sleep(20)
  clearInterval(timer)
}

export const asReported: Program = {
  run: () => watched(startCleanUp),
  finds: [
    {
      severity: 'info',
      rule: 'kept-by-timer',
      lines: [
        "const token = runContext.set({ agents: 'some megabytes' })",
        'runContext.reset(token)',
        'const startCleanUp = () => setInterval(cleanUpNow, 5)',
      ],
      says: 'and the timer goes on',
    },
  ],
}

export const mended: Program = { run: () => watched(() => new Context().run(startCleanUp)), finds: [] }
