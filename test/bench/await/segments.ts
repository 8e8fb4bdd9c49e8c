// What of a page runs as a segment of its own, again and again: all that awaits, and the callbacks, each of them empty.

import type { Loop } from '../measure'
import { type Carrier, type Shape, shapes } from './shapes'

export type Segment = Exclude<Shape, 'message' | '1000 timers'> | 'await a turn' | 'queueMicrotask' | 'timer' | 'event'

const nothing = (): void => {}

/** Calls `schedule` so often, and is done when the last callback has run. */
const all =
  (schedule: (callback: () => void) => void): Loop =>
  (times) =>
    new Promise<void>((resolve) => {
      for (let i = 1; i < times; i++) schedule(nothing)
      schedule(resolve)
    })

export function segmentLoop(segment: Segment, carrier: Carrier): Loop {
  switch (segment) {
    case 'await a turn':
      return (times) =>
        carrier.enter(async () => {
          for (let i = 0; i < times; i++) await new Promise<void>((resolve) => setTimeout(resolve))
        })
    case 'queueMicrotask':
      return (times) => carrier.enter(() => all((callback) => queueMicrotask(callback))(times))
    case 'timer':
      return (times) => carrier.enter(() => all((callback) => setTimeout(callback))(times))
    case 'event':
      return (times) =>
        carrier.enter(() => {
          const target = new EventTarget()
          target.addEventListener('segment', nothing)
          for (let i = 0; i < times; i++) target.dispatchEvent(new Event('segment'))
        })
    default: {
      const prepare = shapes(carrier)[segment]
      if (prepare === undefined) throw new Error(`Nobody awaits by ${segment}`)
      return prepare()
    }
  }
}
