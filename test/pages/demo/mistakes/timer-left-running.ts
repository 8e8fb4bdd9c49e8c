// The mistake: the work starts a timer and never clears it. Each call of the timer runs in a copy of the context that started it, so
// the timer keeps what was set there, and works in the name of somebody who has gone home. `clearInterval` where the work ends is the
// cure, or, for a timer that is to go on for all, a start where nothing is set.

import { delay } from '../delay'
import { log } from '../log'
import { currentUser } from '../request-context'

/** One is enough to look at, however often the button is pressed. */
let timer: ReturnType<typeof setInterval> | undefined
let looks = 0

export async function timerLeftRunning(): Promise<void> {
  clearInterval(timer)
  looks = 0
  using _user = currentUser.set({ id: 7, name: 'Frances' })
  log('puts the kettle on')
  timer = setInterval(lookAtTheKettle, 250)
  await delay(10)
  log('goes home')
}

/** Says so three times; it goes on for as long as the page. */
function lookAtTheKettle(): void {
  if (++looks <= 3) log('looks at the kettle')
}
