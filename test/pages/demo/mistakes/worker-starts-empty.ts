// The mistake: code that leans on the context is moved into a worker. A worker starts empty, as a thread does: it loads the same
// module, and has variables and contexts of its own.

import { log } from '../log'
import { nextRequestId, requestId } from '../request-context'

export async function workerStartsEmpty(): Promise<void> {
  using _id = requestId.set(nextRequestId())
  log('asks the worker for a label')
  const worker = new Worker(new URL('./label-worker.ts', import.meta.url), { type: 'module' })
  try {
    log(`the worker answers: ${await answerOf(worker)}`)
  } finally {
    worker.terminate()
  }
}

function answerOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.postMessage('label')
  })
}
