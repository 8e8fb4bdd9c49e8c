// An application that brought the runtime itself, and has a history before anybody looks.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

const drink = new ContextVar('drink', { default: 'water' })
const language = new ContextVar('language')

language.set('en')

document.querySelector('#order').addEventListener('click', () => {
  createTask(
    async () => {
      drink.set('tea')
      await new Promise((resolve) => addEventListener('pagehide', resolve))
    },
    { name: 'order' },
  )
})
