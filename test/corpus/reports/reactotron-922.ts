// infinitered/reactotron#922 (#819): the log of a devtool holds so many entries and no more. What an application does all the time pushes out what
// it did at its start, and nothing says that this is missing.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused } from '../program'

const action = new ContextVar('action', { default: 'none' })

/** What somebody would want to know of: the second reset is refused. */
function start() {
  const token = action.set('start')
  action.reset(token)
  action.reset(token)
}

function begin() {
  using _action = action.set('start')
}

function update() {
  using _action = action.set('update')
  action.get()
}

async function application(first: () => void) {
  await createTask(first).result
  for (let count = 0; count < 500; count++) update()
}

export const asReported: Program = {
  recorded: { log: { facts: 500 } },
  run: () => refused(start, /already been used/).then(() => application(begin)),
  finds: [
    { severity: 'info', rule: 'left-unrecorded', lines: [], says: 'the page’s log was full and let the oldest go' },
  ],
}

export const mended: Program = {
  recorded: { log: { facts: 5_000 } },
  run: () => application(begin),
  finds: [],
}
