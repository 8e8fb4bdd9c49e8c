// The mistake: a reset that is refused now and then is put into a `try`, so that the work does not fail any more. That mends nothing: the
// callback runs in a copy, the reset is refused every time, and the value stays where it was set. Now nobody hears of it.

import { createTask } from 'contextvars-devtools/async'
import { delay } from '../delay'
import { log } from '../log'
import { nextRequestId, requestId } from '../request-context'

export async function refusalSwallowed(): Promise<void> {
  await createTask(packUp, { name: 'pack up' }).result
}

async function packUp(): Promise<void> {
  const token = requestId.set(nextRequestId())
  log('packs up')
  await delay(10).finally(() => {
    try {
      requestId.reset(token)
    } catch {
      // It was in the way.
    }
  })
  log('is done, and still at work for the same request')
}
