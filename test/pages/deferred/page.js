// A library's deferred: whoever settles it calls everybody who waits, and nothing of that can be seen. So the code of the one who
// waits goes on in the context of the one who settles.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

const user = new ContextVar('user')

const deferred = {
  waiting: [],
  // biome-ignore lint/suspicious/noThenProperty: a thenable, as old libraries have them
  then(resolve) {
    this.waiting.push(resolve)
  },
  settle() {
    for (const resolve of this.waiting) resolve()
  },
}

createTask(
  async () => {
    user.set('ada')
    await deferred
    try {
      user.get()
    } catch (error) {
      document.querySelector('#log').textContent = error.name
    }
  },
  { name: 'ask' },
)

setTimeout(() => createTask(async () => deferred.settle(), { name: 'answer' }), 10)
