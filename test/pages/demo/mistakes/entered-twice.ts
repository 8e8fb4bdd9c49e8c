// The mistake: code that runs in a context enters that very context again. A context is entered once at a time, so the second run is
// refused, and what was to run there is not called. Code that is in a context anyway calls the function without `run`.

import { copyContext } from 'contextvars-devtools'
import { log } from '../log'

export async function enteredTwice(): Promise<void> {
  const till = copyContext()
  till.run(() => {
    log('opens the till')
    till.run(() => log('counts the money'))
  })
}
