// The mistake: the default is a list, and somebody adds to it. There is one list for everybody who has none of their own, so the next
// guest starts with what the last one ordered. A list that is set where the order begins is the cure.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { log } from '../log'

const extras = new ContextVar<string[]>('extras', { default: [] })

export async function defaultThatChanges(): Promise<void> {
  await createTask(async () => addExtra('milk'), { name: 'first guest' }).result
  await createTask(async () => serve(), { name: 'second guest' }).result
}

function addExtra(extra: string): void {
  extras.get().push(extra)
}

function serve(): void {
  log(`serves tea with ${extras.get().join(', ') || 'nothing'}, though nothing was asked for`)
}
