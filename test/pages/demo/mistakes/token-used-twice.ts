// The mistake: two places undo one set, the end of the work and the `finally` around it. The second is refused.

import { delay } from '../delay'
import { log } from '../log'
import { currentUser } from '../request-context'

export async function tokenUsedTwice(): Promise<void> {
  const token = currentUser.set({ id: 9, name: 'manager' })
  try {
    log('approves a refund')
    await delay(10)
    currentUser.reset(token)
    log('is nobody special again')
  } finally {
    currentUser.reset(token)
  }
}
