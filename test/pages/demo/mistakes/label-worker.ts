// The worker: prints a label for the request at hand. The page's request does not come along; it would have to be sent.

import { requestId } from '../request-context'

addEventListener('message', () => {
  try {
    postMessage(`label for ${requestId.get()}`)
  } catch (error) {
    postMessage(String(error))
  }
})
