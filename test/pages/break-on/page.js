// A button for everything that a page can be paused at.

import { install } from '/runtime/async.js'
import { ContextVar, copyContext } from '/runtime/index.js'

if (!location.search.includes('bare')) install()

const dish = new ContextVar('dish')
const lang = new ContextVar('lang', { default: 'en' })
const order = new ContextVar('order')
const note = (text) => document.querySelector('#log').append(`${text}. `)

dish.set('bread') // at the start
order.set({
  id: 7,
  guest: { name: 'Ada', password: 'swordfish' },
  items: Array.from({ length: 150 }, (_, at) => ({ at })),
})

const actions = {
  Set() {
    dish.set('soup') // set here
  },
  Reset() {
    copyContext().run(() => {
      const token = dish.set('salad')
      dish.reset(token) // reset here
    })
  },
  'Read default'() {
    for (const time of ['first', 'second']) note(`${time} ${lang.get()}`) // read here
  },
  'Reset twice'() {
    copyContext().run(() => {
      const token = dish.set('cake')
      dish.reset(token)
      dish.reset(token) // refused here
    })
  },
  Change() {
    order.get().id = 8
    order.get().guest.name = 'Eve'
    note('changed') // paused here
  },
  'Look up nothing'() {
    new ContextVar('guest').get() // looked up here
  },
}

for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => {
    try {
      actions[button.textContent]()
    } catch (error) {
      note(error.name)
    }
    note(`done: ${button.textContent}`)
  })
}
