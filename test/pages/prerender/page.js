// Holds where it is and how it began. The page that prepares the next one goes there as soon as that is prepared; and the next one
// says when it is shown, in a task of its own.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

const began = new ContextVar('began')

began.set(document.prerendering ? 'unseen' : 'shown')
if (document.prerendering) {
  createTask(() => void began.set('prepared'), { name: 'prepares' })
  document.addEventListener('prerenderingchange', () => {
    createTask(() => void began.set('activated'), { name: 'is activated' })
  })
  localStorage.setItem('prepared', String(Math.random()))
} else {
  addEventListener('storage', () => document.querySelector('a')?.click())
}
