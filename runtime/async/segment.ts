// A segment is what runs from one await to the next, or from the beginning of a callback to its end: synchronous code, in one context.
// Here segments begin and end.
//
// `await promise` reads `promise.constructor` just before it adds its continuation to the promise. That read (native-await.ts)
// lets us add an *enter* reaction first; the *leave* reaction follows when the continuation is there (open-await.ts). A promise's
// reactions run in order: enter, continuation, leave. So it resumes in the very same Context: nothing is copied. What nobody can see
// is followed by its place in the microtask queue (span.ts).

import type { Context } from '../context/context'
import { current, switchTo } from '../context/storage'
import { apply } from './natives'
import { closeAwait, isOpen, openAwait } from './open-await'
import { react } from './reaction'
import { beginTurn, goOn, interrupt, isInSpan, noteActivity } from './span'

/** How many functions of the page that we call are on the stack. */
let depth = 0
/** Whether the continuation of an await runs, between its enter and its leave reaction. */
let entered = false

/** Whether code runs that we have called, or the continuation of an await; some unseen microtasks pass for the latter. */
export const isSeen = (): boolean => depth > 0 || entered

/** Whether the code that runs now was called by us, or in a span that we follow: not by a script, or by what we do not know. */
export const isFollowed = (): boolean => isSeen() || isInSpan()

/** Whether the code that runs now is certainly a microtask that was queued unseen, in a span that we follow. */
export const isUnseen = (): boolean => !isSeen() && isInSpan()

/** Called whenever code of the page is about to run in a context. */
let lookout = (): void => {}

export function setLookout(look: () => void): () => void {
  lookout = look
  return () => {
    if (lookout === look) lookout = () => {}
  }
}

function enter(context: Context): void {
  lookout()
  interrupt(context)
  entered = true
}

function leave(): void {
  entered = false
  goOn()
}

/** An await of `promise` is about to add its continuation: that has to run in the context of now. */
export function noteAwait(promise: Promise<unknown>): void {
  const context = current
  // A page that asks one promise that stays pending a million times what it is adds nothing to it.
  if (isOpen(promise, context)) return
  closeAwait()
  const reaction = (): void => enter(context)
  react(promise, reaction, reaction)
  openAwait(promise, context, leave)
  noteActivity()
}

/**
 * Runs `fn` in `context` for code of the page, which goes on afterwards, and follows what it leaves in the microtask queue.
 * A raw switch: whether the context is entered already is no question here.
 */
export function runSegment<A extends unknown[], R>(context: Context, fn: (...args: A) => R, self: unknown, args: A): R {
  const outer = current
  depth++
  try {
    lookout()
    interrupt(context)
    return apply(fn, self, args)
  } finally {
    // What may throw, where the stack is full, comes last.
    depth--
    switchTo(outer)
    closeAwait()
    noteActivity()
  }
}

/** The same for what the host calls as a microtask. */
export function runMicrotask<A extends unknown[], R>(
  context: Context,
  fn: (...args: A) => R,
  self: unknown,
  args: A,
): R {
  depth++
  try {
    lookout()
    interrupt(context)
    return apply(fn, self, args)
  } finally {
    depth--
    goOn()
  }
}

/** The same for what the host calls as a task of its own: no other code of the page runs in this turn. */
export function runMacrotask<A extends unknown[], R>(
  context: Context,
  fn: (...args: A) => R,
  self: unknown,
  args: A,
): R {
  beginTurn()
  return runMicrotask(context, fn, self, args)
}
