// The mistake: a function that belongs to a request is called outside of any. The variable has no default, and `get()` was given
// none.

import { delay } from '../delay'
import { log } from '../log'
import { requestId } from '../request-context'

export async function lookupWithoutValue(): Promise<void> {
  log('takes stock for the night')
  await delay(10)
  audit('stock taken')
}

function audit(what: string): void {
  log(`audit: ${what} for ${requestId.get()}`)
}
