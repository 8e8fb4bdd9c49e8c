// The mistake: visitors are known by sight, so this loop sets the user itself, and never resets it. It runs in the base
// context, from which every later request starts: they all belong to the last visitor now.

import { accept } from '../desk'
import { order, type Visit } from '../orders'
import { Queue } from '../queue'
import { currentUser } from '../request-context'

const visits = new Queue<Visit>()

/** Runs for as long as the page, in the base context. */
export async function acceptVisits(): Promise<never> {
  for (;;) {
    const visit = await visits.take()
    currentUser.set(visit.user) // `using _user = currentUser.set(...)` would undo it at the end of each round
    accept(visit.order)
  }
}

export async function forgottenReset(): Promise<void> {
  const user = { id: 4, name: 'Edsger' }
  await order('Lapsang souchong', null, (placed) => visits.put({ user, order: placed }))
  await order('green tea, for a guest', null)
}
