// A page that records itself, and did much before anybody looked. In it work goes on for two people, one of whom makes a mistake.

import { createTask, install } from '/runtime/async.js'
import { ContextVar, copyContext } from '/runtime/index.js'
import { record } from '/runtime/recorder.js'

const recording = record()
install()

/** As long as it is busy, it tells one fact at a time. */
globalThis.busy = false
Object.defineProperty(globalThis, '__contextvars_outlet__', {
  value: {
    lent: recording.lent,
    where: () => recording.where(),
    since(seq) {
      const answer = recording.since(seq)
      if (!globalThis.busy) return answer
      const batch = JSON.parse(answer)
      return JSON.stringify({ ...batch, facts: batch.facts.slice(0, 1) })
    },
  },
})

const user = new ContextVar('user')
const step = new ContextVar('step')
/** So that nothing is collected. */
const kept = []

globalThis.work = (facts) => {
  for (let index = 0; index < facts; index += 2) step.reset(step.set(index))
  for (const name of ['Alice', 'Bob']) {
    const task = createTask(
      async () => {
        const token = user.set(name)
        const copy = copyContext()
        kept.push(token, copy)
        copy.run(() => {
          kept.push(step.set(`for ${name}`))
          if (name === 'Bob') resetElsewhere(token)
        })
        await new Promise((resolve) => kept.push(resolve))
      },
      { name },
    )
    kept.push(task)
  }
}

function resetElsewhere(token) {
  try {
    user.reset(token)
  } catch {
    // It is what the recording is to tell.
  }
}
