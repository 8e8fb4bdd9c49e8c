// The persistent map that the field uses.

import { Map as ImmutableMap } from 'immutable'
import type { Loop } from '../measure'
import { offer, shuffled } from '../peer'

/** Values never come twice: to set what is there already is less work. */
let value = 0

function set(count: number): Loop {
  const keys = Array.from({ length: count }, (_, n) => n)
  const full = ImmutableMap(keys.map((n): [number, number] => [n, n]))
  const mixed = shuffled(keys)
  return (times) => {
    let map = full
    for (let i = 0, n = 0; i < times; i++, n = n + 1 === count ? 0 : n + 1) map = map.set(mixed[n] ?? 0, value++)
    return map
  }
}

offer({
  'copy + set among 10': () => set(10),
  'copy + set among 10,000': () => set(10_000),
})
