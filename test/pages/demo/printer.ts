// The receipt printer: a scheduler of the application's own, which no runtime can know. It keeps jobs and runs them later, when
// their request may be over, so each job brings the context that it was queued in.

import { type Context, copyContext } from 'contextvars-devtools'

interface Job {
  context: Context
  print: () => void
}

/** The first is being printed. */
const jobs: Job[] = []

export function queuePrint(print: () => void): void {
  jobs.push({ context: copyContext(), print })
  if (jobs.length === 1) setTimeout(printFirst, 30)
}

function printFirst(): void {
  jobs[0]?.context.run(jobs[0].print)
  jobs.shift()
  if (jobs.length > 0) setTimeout(printFirst, 30)
}
