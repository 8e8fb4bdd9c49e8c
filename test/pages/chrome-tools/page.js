// An application that asks for all that Chrome's own tools can show of it.

import { formatInConsole, showTracks } from '/dist/chrome.js'
import { createTask, install } from '/dist/runtime/async.js'
import { ContextVar, copyContext } from '/dist/runtime/index.js'

install()
formatInConsole()

const user = new ContextVar('user', { default: 'nobody' })
const full = copyContext()
const token = full.run(() => user.set('ada'))

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function work() {
  globalThis.stopTracks = showTracks({ every: 20 })
  await Promise.allSettled([
    createTask(() => sleep(30), { name: 'Alice' }).result,
    createTask(() => Promise.reject(new Error('on purpose')), { name: 'Bob' }).result,
  ])
  copyContext().run(() => {
    const token = user.set('ada')
    user.reset(token)
    try {
      user.reset(token)
    } catch {}
  })
  setTimeout(() => user.get(), 5)
  await sleep(60)
}

async function quiet() {
  await createTask(() => sleep(5), { name: 'Unseen' }).result
  await sleep(60)
}

full.run(() => user.reset(token))
full.run(() => user.set('grace'))
Object.assign(globalThis, { user, full, token, work, quiet })
