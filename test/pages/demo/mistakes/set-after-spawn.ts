// The mistake: the child is spawned first and the value set afterwards. A task copies the context when it is made, not when it
// runs.

import { createTask } from 'contextvars-devtools/async'
import { delay } from '../delay'
import { log } from '../log'
import { currentUser, nextRequestId, requestId } from '../request-context'

export async function setAfterSpawn(): Promise<void> {
  using _id = requestId.set(nextRequestId())
  const receipt = createTask(sendReceipt, { name: 'receipt' })
  using _user = currentUser.set({ id: 5, name: 'Margaret' })
  log('pays')
  await receipt.result
}

async function sendReceipt(): Promise<void> {
  await delay(10)
  log(`sends the receipt to ${currentUser.get().name}`)
}
