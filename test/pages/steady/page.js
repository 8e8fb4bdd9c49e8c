// A page as it is for hours: requests come and go, a loop goes on, somebody clicks; now and then a mistake. Nothing is kept, so what
// grows here is the recorder's.

import { createTask, install } from '/runtime/async.js'
import { ContextVar, copyContext } from '/runtime/index.js'

install()

const user = new ContextVar('user')
const step = new ContextVar('step')
const frame = new ContextVar('frame', { default: 0 })
const absent = new ContextVar('absent')
const turn = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function request(number) {
  const token = user.set(`user ${number}`)
  await turn()
  copyContext().run(() => {
    const before = step.set(number)
    step.reset(step.set(`step ${number}`))
    step.reset(before)
  })
  await Promise.resolve()
  // One in ten forgets, one in a hundred asks for what nobody set.
  if (number % 100 === 0) attempt(() => absent.get())
  if (number % 10 !== 0) user.reset(token)
}

function attempt(action) {
  try {
    action()
  } catch {
    // It is a mistake on purpose.
  }
}

/** A loop that never ends, in one context. */
createTask(
  async () => {
    for (let number = 1; ; number++) {
      const token = frame.set(number)
      await turn(20)
      frame.reset(token)
    }
  },
  { name: 'loop' },
)

/** A timer that sets the next one, each in a copy of the one before. */
const tick = (number) => {
  frame.set(number)
  setTimeout(tick, 50, number + 1)
}
setTimeout(tick, 50, 1)

addEventListener('click', () => step.set('clicked'))

let number = 0
/** As many requests as that, four times a second; each states some twenty facts. */
const wave = (requests) => {
  for (let index = 0; index < requests; index++) {
    createTask(request.bind(null, ++number), { name: `request ${number}` })
  }
  dispatchEvent(new Event('click'))
}
globalThis.steady = (requests) => setInterval(wave, 250, requests)
