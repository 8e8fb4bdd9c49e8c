// The receipt printer: a scheduler of the application's own, which no runtime can know. It keeps jobs and runs them later, when
// their request may be over, so each job brings the context that it was queued in.

import { type Context, copyContext } from 'contextvars-devtools'
import { delay } from './delay'
import { Queue } from './queue'

interface Job {
  context: Context
  print: () => void
}

const jobs = new Queue<Job>()

export function queuePrint(print: () => void): void {
  jobs.put({ context: copyContext(), print })
}

/** Runs for as long as the page, in the context in which it is called: the base context. */
export async function runPrinter(): Promise<never> {
  for (;;) {
    const { context, print } = await jobs.take()
    await delay(30)
    context.run(print)
  }
}
