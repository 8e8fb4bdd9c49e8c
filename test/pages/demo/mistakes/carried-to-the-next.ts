// The mistake: whoever serves a caller waits for the next call in the middle of that work. A listener keeps a copy of the context that
// added it, so the next caller is served in a copy of the last one's context, and is taken for them until somebody looks. The cure is
// to add the listener where nothing is set.

import { createTask } from 'contextvars-devtools/async'
import { delay } from '../delay'
import { log } from '../log'
import { currentUser, type User } from '../request-context'

interface Call {
  caller: User
  served: () => void
}

const telephone = new EventTarget()

const waitForCall = () => telephone.addEventListener('call', answer, { once: true })

function answer(event: Event): void {
  if (event instanceof CustomEvent) createTask(() => serve(event.detail), { name: 'call' })
}

async function serve({ caller, served }: Call): Promise<void> {
  log('picks up the phone') // nobody knows yet who it is
  using _user = currentUser.set(caller)
  waitForCall()
  log('orders by phone')
  await delay(10)
  served()
}

export async function carriedToTheNext(): Promise<void> {
  waitForCall()
  await call({ id: 10, name: 'Radia' })
  await delay(0)
  await call({ id: 11, name: 'Hedy' })
}

function call(caller: User): Promise<void> {
  return new Promise((served) => {
    telephone.dispatchEvent(new CustomEvent('call', { detail: { caller, served } satisfies Call }))
  })
}
