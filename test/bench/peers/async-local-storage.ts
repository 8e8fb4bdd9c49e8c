// Node's own.

import { AsyncLocalStorage } from 'node:async_hooks'
import { offer } from '../peer'

function stored(n: number): AsyncLocalStorage<number> {
  const storage = new AsyncLocalStorage<number>()
  storage.enterWith(n)
  return storage
}

const nothing = (): number => 1

offer({
  get() {
    const [a, b, c, d] = [stored(1), stored(2), stored(3), stored(4)]
    return (times) => {
      let sum = 0
      for (let i = 0; i < times; i += 4) {
        sum += (a.getStore() ?? 0) + (b.getStore() ?? 0) + (c.getStore() ?? 0) + (d.getStore() ?? 0)
      }
      return sum
    }
  },

  'set + reset'() {
    const [storage] = [stored(1), stored(2), stored(3), stored(4)]
    return (times) => {
      let sum = 0
      for (let i = 0; i < times; i++) sum += storage.run(i, nothing)
      return sum
    }
  },

  copy() {
    const kept = [stored(1), stored(2), stored(3), stored(4)]
    return (times) => {
      let last: unknown = kept
      for (let i = 0; i < times; i++) last = AsyncLocalStorage.snapshot()
      return last
    }
  },

  run() {
    const kept = [stored(1), stored(2), stored(3), stored(4)]
    const snapshot: (fn: () => number) => number = AsyncLocalStorage.snapshot()
    return (times) => {
      let sum = kept.length
      for (let i = 0; i < times; i++) sum += snapshot(nothing)
      return sum
    }
  },
})
