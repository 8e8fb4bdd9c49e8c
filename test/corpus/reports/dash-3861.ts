// plotly/dash#3861: a callback is handed to an executor, and takes its copy of the context when it runs, which is in the executor's; it
// should have been taken when it was handed over.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const session = new ContextVar<string>('session')

const jobs: (() => void)[] = []

async function executor() {
  while (jobs.length === 0) await sleep()
  jobs.shift()?.()
}

const callback = () => session.get()

async function onMessage(submit: () => void) {
  session.set('of this socket')
  submit()
}

async function served(submit: () => void) {
  const worker = createTask(executor, { name: 'executor' })
  await createTask(() => onMessage(submit), { name: 'socket' }).result
  await worker.result
}

export const asReported: Program = {
  run: () =>
    refused(
      () =>
        served(() =>
          jobs.push(() => {
            const context = copyContext()
            context.run(callback)
          }),
        ),
      /LookupError/,
    ),
  finds: [
    {
      severity: 'error',
      rule: 'lookup-without-value',
      lines: ["session.set('of this socket')", 'const context = copyContext()', 'const callback = () => session.get()'],
      says: 'Elsewhere it had been set, in task socket',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ["session.set('of this socket')"] },
  ],
}

export const mended: Program = {
  run: () =>
    served(() => {
      const context = copyContext()
      jobs.push(() => context.run(callback))
    }),
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ["session.set('of this socket')"] }],
}
