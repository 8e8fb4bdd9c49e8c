// bubbuild/bub#225: instead of a token that is refused, the value before is kept, and set again at the end. Then no reset is missing, though
// there is none.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const store = new ContextVar<string | null>('current_store', { default: null })

async function fork() {
  const before = store.get()
  store.set('fork')
  try {
    await sleep()
  } finally {
    store.set(before)
  }
}

export const asReported: Program = {
  run: async () => {
    await fork()
    await createTask(() => store.get()).result
  },
  finds: [],
}

export const mended: Program = {
  run: async () => {
    const token = store.set('fork')
    await sleep()
    store.reset(token)
    await createTask(() => store.get()).result
  },
  finds: [],
}
