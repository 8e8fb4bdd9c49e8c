// Pauses the page where a variable is set, reset, or looked up in vain, as somebody chose in the panel ("Break on"). The panel brings this
// script when that is asked for first. It is no part of inject.js, because DevTools never pauses in that one, nor steps into it.

import type { Tap } from '../context/tap'
import { type BreakConditions, OUTLET_KEY } from '../protocol'
import type { Lent } from '../recorder/lent'

/** Names as keys: nothing that the page may have replaced is called where it pauses. */
type Names = Readonly<Record<string, true>>

const { lent } = (globalThis as unknown as Record<typeof OUTLET_KEY, { lent: Lent }>)[OUTLET_KEY]
let wanted: BreakConditions = { set: [], reset: [], default: [], tokenError: false, lookupError: false }
/** Leaves the recorder as it was, so that it costs nothing where nothing is wanted. */
let stop: () => void = () => {}

function start(): void {
  stop()
  const { tap, runtime } = lent
  if (tap === undefined || runtime === undefined) return
  const { variableSet, variableReset, variableRead, tokenRefused } = tap
  const { tokenError, lookupError } = wanted
  const set = namesOf(wanted.set)
  const reset = namesOf(wanted.reset)
  const unset = namesOf(wanted.default)
  const replaced: Partial<Tap> = {}

  // The recorder hears of it first, so that the panel knows why.
  if (wanted.set.length > 0) {
    replaced.variableSet = (context, variable, token, value, boundary) => {
      variableSet(context, variable, token, value, boundary)
      // biome-ignore lint/suspicious/noDebugger: this is what it is for
      if (set[variable.name]) debugger
    }
  }
  if (wanted.reset.length > 0) {
    replaced.variableReset = (context, variable, token, value, boundary) => {
      variableReset(context, variable, token, value, boundary)
      // biome-ignore lint/suspicious/noDebugger: as above
      if (reset[variable.name]) debugger
    }
  }
  if (wanted.default.length > 0 || lookupError) {
    // What variables remember of a lookup would not be told: from now on they have to look again.
    runtime.attach(tap)
    replaced.variableRead = (context, variable, found, boundary) => {
      variableRead(context, variable, found, boundary)
      if (found === 'value' || !(unset[variable.name] || (lookupError && found === 'miss'))) return
      // biome-ignore lint/suspicious/noDebugger: as above
      debugger
      runtime.attach(tap)
    }
  }
  if (tokenError) {
    replaced.tokenRefused = (context, variable, token, code, message, boundary) => {
      tokenRefused(context, variable, token, code, message, boundary)
      // biome-ignore lint/suspicious/noDebugger: as above
      debugger
    }
  }
  Object.assign(tap, replaced)
  stop = () => {
    Object.assign(tap, { variableSet, variableReset, variableRead, tokenRefused })
    stop = () => {}
  }
}

function namesOf(list: readonly string[]): Names {
  const names: Record<string, true> = Object.create(null)
  for (const name of list) names[name] = true
  return names
}

lent.attached = start
lent.breakOn = (question) => {
  wanted = JSON.parse(question)
  start()
  return question
}
