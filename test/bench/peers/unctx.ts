// unctx: synchronous only, unless a compiler helps it.

import { createContext } from 'unctx'
import { offer } from '../peer'

const nothing = (): number => 1

function holding(n: number): { use(): number } {
  const context = createContext<{ n: number }>()
  context.set({ n })
  return { use: () => context.use().n }
}

offer({
  get() {
    const [a, b, c, d] = [holding(1), holding(2), holding(3), holding(4)]
    return (times) => {
      let sum = 0
      for (let i = 0; i < times; i += 4) sum += a.use() + b.use() + c.use() + d.use()
      return sum
    }
  },

  'set + reset'() {
    const context = createContext<{ n: number }>()
    const value = { n: 1 }
    return (times) => {
      let sum = 0
      for (let i = 0; i < times; i++) sum += context.call(value, nothing)
      return sum
    }
  },
})
