// The mistake: two tokens, and the wrong one of them. Types tell variables apart only where their values have different types.

import { ContextVar } from 'contextvars-devtools'
import { delay } from '../delay'
import { log } from '../log'
import { nextRequestId, requestId } from '../request-context'

const parcel = new ContextVar<string>('parcel')

export async function tokenOnAnotherVariable(): Promise<void> {
  const request = requestId.set(nextRequestId())
  const label = parcel.set('P-81')
  try {
    log(`sends parcel ${parcel.get()}`)
    await delay(10)
  } finally {
    parcel.reset(request)
    requestId.reset(label)
  }
}
