// The mistake: a listener is added in the middle of some work, as if it were a part of it. It runs where its event is dispatched, which for what
// a person does is the base context, so it finds nothing of that work. `wrap(listener)` is the cure: it brings the context along.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { log } from '../log'

const waiter = new ContextVar('waiter', { default: 'nobody' })
const bell = document.createElement('div')

export async function listenerElsewhere(): Promise<void> {
  await createTask(waitForTheBell, { name: 'waiter' }).result
  await createTask(ring, { name: 'guest' }).result
}

function waitForTheBell(): void {
  const token = waiter.set('Annie')
  bell.addEventListener('ring', come, { once: true })
  waiter.reset(token)
}

function come(): void {
  log(`${waiter.get()} comes to the table`)
}

function ring(): void {
  bell.dispatchEvent(new Event('ring'))
}
