// The mistake: two pieces of work at once, without tasks. A bare call runs in its caller's context, so both write into the same
// one, each overwrites the other, and the resets, out of order, leave a value behind. `gather` would give each its own.

import { delay } from '../delay'
import { log } from '../log'
import { nextRequestId, requestId } from '../request-context'

export async function barePromiseAll(): Promise<void> {
  await Promise.all([pack('the teapot', 10), pack('the cups', 30)])
  log('all is packed')
}

async function pack(what: string, ms: number): Promise<void> {
  const id = nextRequestId()
  const token = requestId.set(id)
  try {
    log(`packs ${what} for ${id}`)
    await delay(ms)
    log(`has packed ${what} for ${id}`)
  } finally {
    requestId.reset(token)
  }
}
