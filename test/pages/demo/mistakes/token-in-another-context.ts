// The mistake: the reset is left to a promise callback. Callbacks run in a copy of the context that they were registered in, where
// this set never happened, so the token is refused, and the value stays where it was set.

import { delay } from '../delay'
import { log } from '../log'
import { nextRequestId, requestId } from '../request-context'

export async function tokenInAnotherContext(): Promise<void> {
  const token = requestId.set(nextRequestId())
  log('wants its order changed')
  await delay(10).finally(() => requestId.reset(token))
}
