// Takes facts into a timeline in small portions, so that a person can go on using the panel whatever the facts ask for: what
// costs little is done at once, and what costs much gives way again and again.

import type { Fact, StackTable } from '../../runtime/protocol'
import type { Timeline } from '../model/timeline'

/** Facts between two looks at the clock. */
const PORTION = 32
/** Milliseconds of work after which the screen and the person have their turn. */
const LONGEST_TURN = 50

/** Answers whether it came to the end: what nobody `wants` any more is left. */
export async function takeIn(
  timeline: Timeline,
  { facts, stacks }: { facts: readonly Fact[]; stacks: StackTable },
  wants: () => boolean = () => true,
): Promise<boolean> {
  timeline.append([], stacks)
  let began = performance.now()
  for (let start = 0; start < facts.length; start += PORTION) {
    timeline.append(facts.slice(start, start + PORTION), {}, start + PORTION < facts.length)
    if (performance.now() - began < LONGEST_TURN) continue
    await nextTurn()
    if (!wants()) return false
    began = performance.now()
  }
  return true
}

/** As soon as whoever waits had a turn. A timer among timers would be held back for 4 ms each time, by the rules of HTML. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
