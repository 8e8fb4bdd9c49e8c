// The mistake: the order is kept for later as data, and its table is not in it, since nobody registered that variable: nothing leaves a
// page that was not meant to. To register it is the cure.

import { ContextVar, copyContext, globalContextReducer } from 'contextvars-devtools'
import { log } from '../log'
import { nextRequestId, requestId } from '../request-context'

const table = new ContextVar<string>('table')

export async function leftOutOfData(): Promise<void> {
  const kept = keepForLater('by the window')
  globalContextReducer.restore(JSON.parse(kept)).run(() => log(`serves at ${table.get('an unknown table')}`))
}

function keepForLater(where: string): string {
  using _id = requestId.set(nextRequestId())
  using _table = table.set(where)
  return JSON.stringify(globalContextReducer.reduce(copyContext()))
}
