// Where a recorder hears what the runtime announces: nothing of it throws into the page, and sets and resets, by far the most, come with
// their stack or have it taken right here.

import type { Context } from '../context/context'
import type { Boundary, Tap, Trace } from '../context/tap'
import type { Token } from '../context/token'
import type { ContextVar } from '../context/variable'
import { stampNow } from './clock'
import { bound } from './natives'
import { Recorder } from './recorder'
import { capture, isDeepEnough, newTrace, type Stacks } from './stack'

/** No announcements, or those that are written. */
const APART = new Set(['constructor', 'variableSet', 'variableReset'])

/** A tap that has at any time what the next stack may be taken to. */
type Lender = Tap & { trace: Trace }

/** A tap may never throw into the page: what goes wrong in the recorder stays there. */
export function harmless(recorder: Recorder, stacks: Stacks): Tap {
  const safe: Record<string, unknown> = {}
  for (const name of Object.getOwnPropertyNames(Recorder.prototype)) {
    const { value } = Object.getOwnPropertyDescriptor(Recorder.prototype, name) ?? {}
    if (typeof value === 'function' && !APART.has(name)) safe[name] = harmlessly(name, bound(value, recorder), recorder)
  }
  const tap = safe as unknown as Lender
  tap.trace = newTrace()
  tap.variableSet = written(tap, recorder, stacks, 'set')
  tap.variableReset = written(tap, recorder, stacks, 'reset')
  return tap
}

/** Six is the most that any announcement has. With names, they need no list. */
type Announcement = (a: unknown, b: unknown, c: unknown, d: unknown, e: unknown, f: unknown) => void

function harmlessly(name: string, announce: Announcement, recorder: Recorder): Announcement {
  // It speaks of the callback itself.
  const isMore = name === 'firedAgain'
  return (a, b, c, d, e, f) => {
    try {
      if (!isMore) recorder.tellCallback()
      announce(a, b, c, d, e, f)
      recorder.takeStock()
    } catch {
      // Nowhere to tell it: the page's console is the page's. The missing fact shows as what it is, an incomplete picture.
    }
  }
}

function written(tap: Lender, recorder: Recorder, stacks: Stacks, what: 'set' | 'reset'): Tap['variableSet'] {
  // Of one variable, they are two kinds.
  const sign = what === 'set' ? 1 : -1
  const { sampling } = stacks
  return (
    context: Context,
    variable: ContextVar<unknown>,
    token: Token<unknown>,
    value: unknown,
    boundary: Boundary,
  ): void => {
    try {
      recorder.tellCallback()
      const at = stampNow()
      const { trace: taken, capture: wasTaken } = tap
      // One that is not wanted any more is not kept either: an unread stack keeps what is on it alive.
      if (wasTaken) tap.trace = newTrace()
      let trace: Trace | null = null
      if (sampling.wants(sign * variable.id, at)) {
        // The page may change how deep stacks are, and some engines never say it: then each is mended, and taken here alone.
        const isDeep = isDeepEnough()
        // Not everybody takes it.
        if (isDeep && 'stack' in taken) {
          trace = taken
          // Other stacks were taken meanwhile, so that the next to be timed would be this one: it is the one after.
          if (!sampling.timesNext) sampling.count()
        } else trace = stacks.take(boundary, at)
        tap.capture = isDeep && !sampling.timesNext ? capture : null
      } else tap.capture = null
      if (what === 'set') recorder.variableSet(context, variable, token, value, at, trace, boundary)
      else recorder.variableReset(context, variable, token, value, at, trace)
      recorder.takeStock()
    } catch {
      // As above.
    }
  }
}
