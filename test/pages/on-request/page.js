// Nothing here is a mistake for everybody: a listener that runs where its event is dispatched, and a variable that nobody reads.

import { createTask, install } from '/runtime/async.js'
import { ContextVar } from '/runtime/index.js'

install()

const reader = new ContextVar('reader', { default: 'nobody' })
const trail = new ContextVar('trail')
const posts = document.createElement('div')
document.body.append(posts)

function follow() {
  reader.set('Ada') // set before it is added
  posts.addEventListener('post', () => document.querySelector('#log').append(`${reader.get()} reads. `)) // added here
}

const actions = {
  Follow: () => createTask(follow, { name: 'follow' }),
  Post: () =>
    createTask(
      () => {
        trail.set('posted') // read by nobody
        posts.dispatchEvent(new Event('post'))
      },
      { name: 'post' },
    ),
}

for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => actions[button.textContent]())
}
