// A process that runs the programs it is sent. Its globals are its own, so a page's zone.js can be loaded beside.

import { install } from '../../runtime/async'
import { identity, underContexts } from './program-contexts'

install()

process.on('message', (batch: Parameters<typeof underContexts>[0]) => {
  underContexts(batch, identity).then(
    (seen) => process.send?.({ seen }),
    (error) => process.send?.({ failure: String(error?.stack) }),
  )
})
