// zone.js' way to have a context.

import 'zone.js'
import type { Carrier } from './shapes'

const KEY = 'scope'
const fork = (): Zone => Zone.current.fork({ name: KEY, properties: { [KEY]: 'bench' } })

export const zone: Carrier = {
  enter: (fn) => fork().run(fn),
  start: (fn) => fork().run(fn),
  check() {
    if (Zone.current.get(KEY) !== 'bench') throw new Error('The zone was lost')
  },
}
