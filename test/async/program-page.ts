// The script of a page that runs the programs it is given.

import type { Program, Seen } from './program'
import { identity, underContexts, values } from './program-contexts'

const carriers = { values, identity }

export type CarrierName = keyof typeof carriers

const runPrograms = (batch: readonly Program[], carrier: CarrierName): Promise<Seen[]> =>
  underContexts(batch, carriers[carrier])

Object.assign(globalThis, { runPrograms })
