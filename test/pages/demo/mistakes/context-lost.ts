// The mistake: a long row of awaits with nothing to wait for. An `await` of a plain value tells nobody that it happened, so after some of them in a
// row the code goes on in the base context, where the shelf is the default. Nothing fails. A build with `compileAwait` is the cure, or no awaits.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { log } from '../log'

const shelf = new ContextVar('shelf', { default: 'no shelf at all' })

export async function contextLost(): Promise<void> {
  await createTask(takeStock, { name: 'stock-taking' }).result
}

async function takeStock(): Promise<void> {
  shelf.set('the top shelf')
  let tins = 0
  for (let row = 0; row < 60; row++) tins += await row
  const where = shelf.get()
  log(`has counted ${tins} tins on ${where}`)
}
