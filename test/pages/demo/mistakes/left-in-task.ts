// The mistake: the work that finds out who the user is runs in a task, and leaves the user in a variable. A task works in a copy of its
// maker's context, so whoever waits for it still sees the guest.

import { createTask } from 'contextvars-devtools/async'
import { delay } from '../delay'
import { log } from '../log'
import { currentUser } from '../request-context'

export async function leftInTask(): Promise<void> {
  await createTask(signIn, { name: 'sign-in' }).result
  log('opens the account')
}

async function signIn(): Promise<void> {
  await delay(10)
  currentUser.set({ id: 6, name: 'Barbara' })
}
