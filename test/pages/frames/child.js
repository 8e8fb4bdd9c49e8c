// What each document does: a task that holds the document's name, and goes on when it is asked to.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

export function begin(name) {
  install()
  const user = new ContextVar('user')
  createTask(
    async () => {
      user.set(name)
      for (let round = 1; ; round++) {
        await new Promise((resolve) => {
          globalThis.goOn = resolve
        })
        user.set(`${name} ${round}`)
      }
    },
    { name: `task of ${name}` },
  )
}
