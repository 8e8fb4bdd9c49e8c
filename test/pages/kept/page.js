// Greets a user from a job that a library runs, whose timer was kept before the install.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

export const user = new ContextVar('user')
const language = new ContextVar('language', { default: 'en' })

user.get('asked by a script')
await null
user.get('asked by a script that waited')

const log = document.querySelector('#log')

globalThis.ask = () => {
  log.textContent = `asked in ${language.get()}`
}

document.querySelector('#greet').addEventListener('click', () => {
  createTask(
    () => {
      user.set('Ada')
      globalThis.library.later(() => user.get('nobody'))
      globalThis.library.soon(() => {
        try {
          log.textContent = `Hello ${user.get()}`
        } catch (error) {
          log.textContent = error.name
        }
      })
    },
    { name: 'greeting' },
  )
})
