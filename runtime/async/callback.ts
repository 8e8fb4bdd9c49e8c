// A callback that is handed over runs in a copy of the context of that moment, as asyncio's `call_soon` and
// `add_done_callback` do: what it sets is seen by nobody else.

import type { Context } from '../context/context'
import { copyFor } from '../context/context'
import { current } from '../context/storage'
import { type Boundary, tap } from '../context/tap'
import { isNative } from './natives'
import { wake } from './need'
import { isUnseen, runSegment } from './segment'
import { noteActivity } from './span'

/** How code is run in a context: `runSegment`, or what suits those who call it better. */
export type Runner = typeof runSegment

/**
 * How a callback is run that is handed to `original`: by `byHost` if that is the host's own. What a library has put in its place
 * (zone.js, fake timers) calls from its own code, which goes on afterwards.
 */
export const runnerFor = (original: unknown, byHost: Runner): Runner => (isNative(original) ? byHost : runSegment)

/** The copy in which a callback registered now will run. `api` is what was called; the recorder cuts stacks at `boundary`. */
export function capture(api: string, boundary: Boundary): Context {
  wake()
  noteActivity()
  if (tap !== null && isUnseen()) tap.callbackUnseen?.(current, boundary)
  return copyFor(current, 'callback', api, null, boundary)
}

/**
 * The context for one more call of a callback that is called repeatedly: a fresh copy each time, so that no call sees what
 * another set and the context is never entered twice. A copy of `source`, which is the registration copy or what the policy says.
 */
export function again(registered: Context, source: Context, api: string): Context {
  const context = copyFor(source, 'callback', api, null, again)
  if (tap !== null) tap.firedAgain(context, registered)
  return context
}

export function runCallback<A extends unknown[], R>(
  context: Context,
  fn: (...args: A) => R,
  self: unknown,
  args: A,
  run: Runner = runSegment,
): R {
  let threw = true
  try {
    const result = run(context, fn, self, args)
    threw = false
    return result
  } finally {
    if (tap !== null) tap.callbackRan(context, threw)
  }
}

/** `fn`, to be called once, in `context`. What is no function is handed through: the native it goes to knows what to say. */
export function carry(fn: unknown, context: Context, run: Runner = runSegment): unknown {
  if (typeof fn !== 'function') return fn
  const callback = fn as (...args: unknown[]) => unknown
  return function (this: unknown, ...args: unknown[]) {
    return runCallback(context, callback, this, args, run)
  }
}

/** `fn`, to be called any number of times, each in a fresh copy of `registered`. */
export function repeat<A extends unknown[], R>(
  fn: (...args: A) => R,
  registered: Context,
  api: string,
): (...args: A) => R {
  return function (this: unknown, ...args: A): R {
    return runCallback(again(registered, registered, api), fn, this, args)
  }
}
