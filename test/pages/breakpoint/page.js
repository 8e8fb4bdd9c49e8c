// Two tasks that each hold a value of their own across an `await`, and lines to pause at.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

const dish = new ContextVar('dish')
const note = (text) => document.querySelector('#log').append(`${text}. `)

async function cook(name) {
  dish.set(name)
  await pause(name === 'soup' ? 5 : 10)
  dish.set(`${name}, salted`)
  note(`serves ${dish.get()}`) // pause here
  await pause(1)
  note(`cleans up after ${name}`)
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

document.querySelector('#begin').addEventListener('click', () => {
  createTask(() => cook('soup'), { name: 'Chef' })
})
