// `callSoon`, `callLater`, `callAt`: asyncio's way to schedule a plain function, with a context of its own.

import type { Context } from '../context/context'
import { describe } from '../context/describe'
import type { Boundary } from '../context/tap'
import { capture, type Runner, runCallback, runnerFor } from './callback'
import { apply, nativeClearTimeout, nativeQueueMicrotask, nativeSetTimeout } from './natives'
import { wake } from './need'
import { CONTEXT, checkOptions, type Known } from './options'
import { runMacrotask, runMicrotask } from './segment'

/** The longest delay that hosts take, in milliseconds: some 25 days. They call at once where it is longer. */
const LONGEST = 2 ** 31 - 1

/** Options of what calls a function later. */
export interface CallOptions {
  /** Runs in this very context. Default: a copy of the current one, made now. */
  context?: Context
}

const CALL_OPTIONS: Known<CallOptions> = { context: CONTEXT }

/** In the hands of this file alone: nobody else can construct a handle. */
const key = Symbol('handle')

/** A scheduled call, as `callSoon`, `callLater` and `callAt` give it back. */
export class Handle {
  /** The context that the call runs in. */
  readonly context: Context
  /** Null once it was called or cancelled. */
  #callback: (() => void) | null
  #cancelled = false
  #withdraw: (() => void) | null = null

  /** @internal */
  constructor(proof: typeof key, callback: () => void, context: Context) {
    if (proof !== key) throw new TypeError('Handles can only be created by callSoon(), callLater() and callAt()')
    wake()
    this.context = context
    this.#callback = callback
  }

  /** Whether it was cancelled before it was called. */
  get cancelled(): boolean {
    return this.#cancelled
  }

  /** The call will not happen. Calling it again, or after the call, does nothing. */
  cancel(): void {
    if (this.#callback === null) return
    this.#cancelled = true
    this.#callback = null
    this.#withdraw?.()
    this.#withdraw = null
  }

  /** @internal Told how to take the call out of the host's queue. */
  withdrawBy(withdraw: () => void): this {
    this.#withdraw = withdraw
    return this
  }

  get [Symbol.toStringTag](): string {
    return 'Handle'
  }

  /** @internal */
  run(run: Runner): void {
    const callback = this.#callback
    if (callback === null) return
    this.#callback = null
    this.#withdraw = null
    runCallback(this.context, callback, undefined, [], run)
  }
}

/** @internal A call of `fn`, made by `call`, that is not scheduled yet. */
export function handleFor(
  api: string,
  fn: unknown,
  call: () => void,
  options: CallOptions,
  boundary: Boundary,
): Handle {
  if (typeof fn !== 'function') throw new TypeError(`${api}: a function was expected, got ${describe(fn)}`)
  checkOptions(api, options, CALL_OPTIONS)
  return new Handle(key, call, options.context ?? capture(api, boundary))
}

/** Calls `callback` on the next microtask. What it throws is reported as uncaught, and nothing else stops. */
export function callSoon(callback: () => void, options: CallOptions = {}): Handle {
  return soon(handleFor('callSoon', callback, callback, options, callSoon))
}

/**
 * Calls `callback` after `delay` milliseconds; as soon as possible where that is negative, as asyncio does, but never at once.
 * @throws TypeError for a delay that is no finite number. (asyncio takes NaN for a time that has come, infinity for never.)
 */
export function callLater(delay: number, callback: () => void, options: CallOptions = {}): Handle {
  checkMilliseconds('callLater', delay)
  return later(handleFor('callLater', callback, callback, options, callLater), delay)
}

/**
 * Calls `callback` when `performance.now()` reaches `when`, in milliseconds; as soon as possible where that is past.
 * @throws TypeError for what is no finite number.
 */
export function callAt(when: number, callback: () => void, options: CallOptions = {}): Handle {
  checkMilliseconds('callAt', when)
  return later(handleFor('callAt', callback, callback, options, callAt), when - performance.now())
}

/** @internal */
export function soon(handle: Handle): Handle {
  apply(nativeQueueMicrotask, globalThis, [() => handle.run(runnerFor(nativeQueueMicrotask, runMicrotask))])
  return handle
}

/** The host would take anything else for 0: a function that was given first, say. */
function checkMilliseconds(api: string, given: unknown): void {
  if (Number.isFinite(given)) return
  throw new TypeError(`${api}: a finite number of milliseconds was expected first, got ${describe(given)}`)
}

function later(handle: Handle, delay: number): Handle {
  const run = (): void => handle.run(runnerFor(nativeSetTimeout, runMacrotask))
  const timer = apply(nativeSetTimeout, globalThis, [run, Math.min(Math.max(0, delay), LONGEST)])
  return handle.withdrawBy(() => apply(nativeClearTimeout, globalThis, [timer]))
}
