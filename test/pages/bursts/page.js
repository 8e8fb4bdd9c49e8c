// A page that states as many facts as it is asked to, in bursts, and holds something in the end that anybody can tell.

import { createTask, install } from '/runtime/async.js'
import { ContextVar, copyContext } from '/runtime/index.js'

install()

const step = new ContextVar('step')
const turn = () => new Promise((resolve) => setTimeout(resolve))

/** Of each burst a task remains that holds its number; what it copied on the way ends with it. */
globalThis.burst = async (bursts, sets) => {
  for (let number = 1; number <= bursts; number++) {
    await createTask(
      async () => {
        for (let index = 0; index < sets; index += 4) {
          copyContext().run(() => step.reset(step.set(index)))
        }
        step.set(`burst ${number}`)
      },
      { name: `burst ${number}` },
    ).result
    await turn()
  }
  document.querySelector('#log').textContent = `${bursts} bursts done`
}

globalThis.pauseAfter = async (bursts, sets) => {
  await globalThis.burst(bursts, sets)
  createTask(
    async () => {
      step.set('paused')
      // biome-ignore lint/suspicious/noDebugger: the page is to pause here
      debugger
      step.set('went on')
    },
    { name: 'pauses' },
  )
}

// For those who want more of the page than that.
Object.assign(globalThis, { ContextVar, copyContext })

step.set(location.search)
