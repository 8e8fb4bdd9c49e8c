// A token that was made before an await of a thenable, which resolves in a timer of its own.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

const user = new ContextVar('user')

const query = {
  // biome-ignore lint/suspicious/noThenProperty: a thenable, as query builders are
  then(resolve) {
    setTimeout(() => resolve(), 1)
  },
}

createTask(
  async () => {
    const token = user.set('ada')
    await query
    try {
      user.reset(token)
    } catch (error) {
      document.querySelector('#log').textContent = `${user.get()}: ${error.name}`
    }
  },
  { name: 'ask' },
)
