// How many microtasks one time of a segment takes.

// First, because the runtime takes what it finds.
import '../reactions'
import { install } from '../../../../runtime/async'
import { ours } from '../ours'
import { perTime } from '../reactions'
import { type Segment, segmentLoop } from '../segments'
import { type Carrier, none } from '../shapes'

/** What there is before it is counted, and how contexts are entered meanwhile. */
const states = {
  plain: () => none,
  installed() {
    install()
    return none
  },
  'in a context'() {
    install()
    return ours
  },
  left() {
    install()
    ours.enter(() => {})
    return none
  },
  uninstalled() {
    const uninstall = install()
    ours.enter(() => {})
    uninstall()
    return none
  },
} satisfies Record<string, () => Carrier>

Reflect.set(globalThis, 'bench', async (state: keyof typeof states, segments: Segment[]) => {
  const carrier = states[state]()
  const counts: Partial<Record<Segment, number>> = {}
  for (const segment of segments) counts[segment] = await perTime(segmentLoop(segment, carrier))
  return counts
})
