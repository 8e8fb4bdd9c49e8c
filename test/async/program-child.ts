// A process that runs the programs it is sent. Its globals are its own, so a page's zone.js can be loaded beside.

import { install } from '../../runtime/async'
import type { Program } from './program'
import { type CarrierName, carriers, underContexts } from './program-contexts'

install()

process.on('message', ({ batch, carrier }: { batch: Program[]; carrier: CarrierName }) => {
  underContexts(batch, carriers[carrier]).then(
    (seen) => process.send?.({ seen }),
    (error) => process.send?.({ failure: String(error?.stack) }),
  )
})
