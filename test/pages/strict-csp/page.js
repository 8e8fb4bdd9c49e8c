// Nothing may be evaluated here, and no policy may be made. (Fetching from itself is allowed: DevTools does, in the page's name.)

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

const rule = new ContextVar('rule')

document.addEventListener('securitypolicyviolation', (event) => {
  document.body.dataset.violation = `${event.violatedDirective} ${event.blockedURI}`
})

createTask(
  async () => {
    rule.set('nothing from elsewhere')
    await new Promise((resolve) => addEventListener('pagehide', resolve))
  },
  { name: 'guarded' },
)
