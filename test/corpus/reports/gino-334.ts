// python-gino/gino#334 (#313): connections are given back in any order, so the stack of them that a variable holds cannot be undone by
// tokens: who undoes the older set first has its value come back when the newer one is undone.

import { ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const connection = new ContextVar<string | null>('connection', { default: null })

async function acquire(name: string, time: number) {
  const token = connection.set(name)
  await sleep(time)
  connection.reset(token)
}

export const asReported: Program = {
  run: () =>
    createTask(async () => {
      await Promise.all([acquire('first', 0), acquire('second', 20)])
      if (connection.get() !== 'first') throw new Error('nothing came back')
    }).result,
  finds: [
    {
      severity: 'warning',
      rule: 'out-of-order-reset',
      lines: [
        'const token = connection.set(name)',
        'const token = connection.set(name)',
        'connection.reset(token)',
        'connection.reset(token)',
      ],
      says: 'One line made both sets: two calls of it took turns in one context.',
    },
  ],
}

export const mended: Program = {
  run: () =>
    gather(
      () => acquire('first', 0),
      () => acquire('second', 20),
    ),
  finds: [],
}
