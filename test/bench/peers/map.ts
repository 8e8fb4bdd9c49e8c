// The language's own Map: the floor for a read, and what copying without a persistent map costs.

import type { Loop } from '../measure'
import { offer, shuffled } from '../peer'

function filled(count: number): Map<object, number> {
  return new Map(Array.from({ length: count }, (_, n): [object, number] => [{ n }, n]))
}

function set(count: number): Loop {
  const map = filled(count)
  const keys = shuffled([...map.keys()])
  return (times) => {
    for (let i = 0, n = 0; i < times; i++, n = n + 1 === count ? 0 : n + 1) map.set(keys[n] ?? map, i)
    return map
  }
}

function copyAndSet(count: number): Loop {
  const full = filled(count)
  const keys = shuffled([...full.keys()])
  return (times) => {
    let map = full
    for (let i = 0, n = 0; i < times; i++, n = n + 1 === count ? 0 : n + 1) map = new Map(map).set(keys[n] ?? map, i)
    return map
  }
}

offer({
  get() {
    const map = filled(4)
    const [a, b, c, d] = [...map.keys()] as [object, object, object, object]
    const read = (key: object): number => map.get(key) ?? 0
    return (times) => {
      let sum = 0
      for (let i = 0; i < times; i += 4) sum += read(a) + read(b) + read(c) + read(d)
      return sum
    }
  },

  copy() {
    const map = filled(4)
    return (times) => {
      let last: unknown
      for (let i = 0; i < times; i++) last = new Map(map)
      return last
    }
  },

  'set among 10': () => set(10),
  'set among 10,000': () => set(10_000),
  'copy + set among 10': () => copyAndSet(10),
  'copy + set among 10,000': () => copyAndSet(10_000),
})
