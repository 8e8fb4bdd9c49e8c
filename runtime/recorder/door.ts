// Where a recorder hears what the runtime announces: nothing of it throws into the page, and sets and resets, by far the most, have their
// stack taken right here.

import type { Context } from '../context/context'
import type { Boundary, Tap } from '../context/tap'
import type { Token } from '../context/token'
import type { ContextVar } from '../context/variable'
import { stampNow } from './clock'
import { bound, now } from './natives'
import { Recorder } from './recorder'
import { capture, captureTrace, isDeepEnough, type Stacks, type Trace } from './stack'

/** No announcements, or those that are written. */
const APART = new Set(['constructor', 'variableSet', 'variableReset'])

/** A tap may never throw into the page: what goes wrong in the recorder stays there. */
export function harmless(recorder: Recorder, stacks: Stacks): Tap {
  const safe: Record<string, unknown> = {}
  for (const name of Object.getOwnPropertyNames(Recorder.prototype)) {
    const { value } = Object.getOwnPropertyDescriptor(Recorder.prototype, name) ?? {}
    if (typeof value === 'function' && !APART.has(name)) safe[name] = harmlessly(name, bound(value, recorder), recorder)
  }
  safe.variableSet = written(recorder, stacks, 'set')
  safe.variableReset = written(recorder, stacks, 'reset')
  return safe as unknown as Tap
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

/**
 * Each function of ours between the page and the capture is one more frame that the engine walks over, and with DevTools open it
 * does so twice: so there is one.
 */
function written(recorder: Recorder, { sampling }: Stacks, what: 'set' | 'reset'): Tap['variableSet'] {
  // Of one variable, they are two kinds.
  const sign = what === 'set' ? 1 : -1
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
      let trace: Trace | null = null
      if (sampling.wants(sign * variable.id, at)) {
        const begin = sampling.isTimed() ? now() : null
        if (capture !== undefined && isDeepEnough()) {
          trace = {}
          capture(trace, boundary)
        } else trace = captureTrace(boundary)
        if (begin !== null) sampling.captured(now() - begin, at)
      }
      if (what === 'set') recorder.variableSet(context, variable, token, value, at, trace, boundary)
      else recorder.variableReset(context, variable, token, value, at, trace)
      recorder.takeStock()
    } catch {
      // As above.
    }
  }
}
