// The mistake: code that leans on the context is moved into a worker. A worker starts empty, as a thread does: it loads the same
// module, and has variables and contexts of its own. The cure is to post through what carries the context, on either side.

import { carryContext } from 'contextvars-devtools/worker'
import { log } from '../log'
import { nextRequestId, requestId } from '../request-context'

/** It stays for as long as the page, so that there is something to look at. */
let worker: Worker | null = null

export async function workerStartsEmpty(): Promise<void> {
  using _id = requestId.set(nextRequestId())
  worker?.terminate()
  const plain = new Worker(new URL('./label-worker.ts', import.meta.url), { type: 'module' })
  worker = plain
  const carrying = carryContext(plain)
  await new Promise((resolve) => plain.addEventListener('message', resolve, { once: true }))

  log('asks the worker for a label')
  log(`the worker answers: ${await answerOf(carrying, () => plain.postMessage('label'))}`)
  log('asks again, and sends the context along')
  log(`the worker answers: ${await answerOf(carrying, () => carrying.postMessage('label'))}`)
}

function answerOf(worker: Worker, ask: () => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true })
    worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true })
    ask()
  })
}
