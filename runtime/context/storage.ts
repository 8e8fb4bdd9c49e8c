// The one mutable cell: which context is current. Everything else in this room is a value or belongs to one context.

import type { Context } from './context'
import { forgetReads } from './memory'

/** The context that variables are read from and written to now. Only `switchTo` changes it. */
export let current: Context

/** What is current when nothing else is: the context of the page itself. */
export let base: Context

/** Called once by context.ts, which alone can make the first context. */
export function begin(context: Context): void {
  base = context
  current = context
}

/**
 * Makes `context` current and returns the one that was. A raw swap: `Context.run` checks re-entry, the engine that carries
 * contexts across asynchrony does not, since a resumed await continues in a context that may well be entered elsewhere.
 */
export function switchTo(context: Context): Context {
  const previous = current
  current = context
  forgetReads()
  return previous
}

/** Switches to a context that `Context.run` found free, runs the function there, and switches back. */
export type Carrier = <A extends unknown[], R>(context: Context, fn: (...args: A) => R, self: unknown, args: A) => R

/** What `Context.run` hands its function to, so that asynchrony begun there is followed; null where nothing follows it. */
export let carrier: Carrier | null = null

/** Sets the carrier; there is one at most. Returns what removes it. */
export function setCarrier(next: Carrier): () => void {
  carrier = next
  return () => {
    if (carrier === next) carrier = null
  }
}
