// The script of a page that runs the programs it is given.

import type { Program, Seen } from './program'
import { type CarrierName, carriers, underContexts } from './program-contexts'

const runPrograms = (batch: readonly Program[], carrier: CarrierName): Promise<Seen[]> =>
  underContexts(batch, carriers[carrier])

Object.assign(globalThis, { runPrograms })
