// The mistake: whoever comes to the counter in person is served by this loop itself, which sets the user and never resets it. It
// runs in the base context, from which every later request starts: they all belong to the last visitor now.

import { log } from '../log'
import { order } from '../orders'
import { Queue } from '../queue'
import { currentUser, nextRequestId, requestId, type User } from '../request-context'

interface Visit {
  user: User
  item: string
  served: () => void
}

const visits = new Queue<Visit>()

/** Runs for as long as the page, in the context in which it is called: the base context. */
export async function serveVisitors(): Promise<never> {
  for (;;) {
    const { user, item, served } = await visits.take()
    using _id = requestId.set(nextRequestId()) // undone at the end of each round, as it should be
    currentUser.set(user)
    log(`buys ${item} at the counter`)
    served()
  }
}

export async function forgottenReset(): Promise<void> {
  const user = { id: 4, name: 'Edsger' }
  await new Promise<void>((served) => visits.put({ user, item: 'Lapsang souchong', served }))
  await order('green tea for a guest', null)
}
