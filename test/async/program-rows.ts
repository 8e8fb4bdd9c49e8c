// Steps of many plain awaits in a row, which nobody can see: what is silent for that long may be lost, to the base context.

import { type Kinds, withResolvers } from './program-place'

export const leaves = {
  async longRow(at) {
    for (let i = 0; i < 15 * at.n; i++) {
      await i
      at.probe('in the row')
    }
  },
  async settleAmidRow(at) {
    let next = withResolvers<void>()
    let goesOn = true
    // Its awaits are settled amid the rows of others.
    const waiting = at.runIn(async () => {
      while (goesOn) {
        await next.promise
        at.probe('waiting')
      }
    })
    for (let i = 0; i < 15 * at.n; i++) {
      await i
      at.probe('in the row')
      next.resolve()
      next = withResolvers<void>()
    }
    goesOn = false
    next.resolve()
    await waiting
    at.probe('after the row')
  },
} satisfies Kinds

export const nests = {} satisfies Kinds
