// Chaoses-Ib/nest-asyncio2#4 (erdewit/nest_asyncio#71): all cells of a notebook run in one context. A cell that turns the loop itself runs
// the next cell inside of it: the context is entered already, and that cell is dropped without a word.

import { copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

const shared = copyContext()
const queue: (() => void)[] = []

function runOnce() {
  const cell = queue.shift()
  if (cell === undefined) return
  try {
    shared.run(cell)
  } catch {
    // As there: a step that fails is reported to nobody.
  }
}

export const asReported: Program = {
  run: () => {
    let ran = false
    queue.push(runOnce, () => {
      ran = true
    })
    runOnce()
    if (ran) throw new Error('the second cell was expected to be dropped')
  },
  finds: [
    {
      severity: 'error',
      rule: 'already-entered',
      lines: ['shared.run(cell)', 'shared.run(cell)'],
      says: 'What was to run there was not called',
    },
  ],
}

/** Tasks of one context take turns. */
export const mended: Program = {
  run: async () => {
    let ran = false
    createTask(() => {}, { context: shared })
    await createTask(
      () => {
        ran = true
      },
      { context: shared },
    ).result
    if (!ran) throw new Error('the second cell was dropped')
  },
  finds: [],
}
