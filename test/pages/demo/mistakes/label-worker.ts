// The worker: prints a label for the request at hand, if the message brought one along.

import { carryContext } from 'contextvars-devtools/worker'
import { requestId } from '../request-context'

// For this worker everything that is posted through `page`, or heard from it, has a context.
const page = carryContext(self)

page.addEventListener('message', () => {
  try {
    page.postMessage(`label for ${requestId.get()}`)
  } catch (error) {
    page.postMessage(String(error))
  }
})

// The printer has to warm up. (And a recorder is there a moment after the code of a module worker has begun: what is asked before
// that is answered, and not recorded.)
setTimeout(() => self.postMessage('warm'), 500)
