// Follows contexts through the microtask queue. A *segment* is a stretch of synchronous code that runs in one context: a
// callback, a step of a task, the part of an async function between two awaits. Three tricks carry it on, and the queue being
// first in, first out is what makes them exact:
//
// 1. `await promise` reads `promise.constructor` just before it adds its continuation to the promise. That read (native-await.ts)
//    lets us add an *enter* reaction first; the *leave* reaction follows at the next chance, which is the next await or the end
//    of the segment. A promise's reactions run in order: enter, continuation, leave.
// 2. `await 5`, and the job that calls a thenable's `then`, read nothing. But whatever a segment queues unseen lies between a
//    microtask queued when the segment starts and one queued when it ends: a *bracket*.
// 3. What runs inside a bracket may queue more, so a bracket opens the next one, for ROUNDS silent rounds; a round in which
//    something was seen renews it.
//
// Enter and leave nest as segments nest, so they work as a stack. `await` resumes in the very same Context: nothing is copied.

import type { Context } from '../context/context'
import { touches } from '../context/memory'
import { current, switchTo } from '../context/storage'
import { apply, NativePromise, nativeResolve, nativeThen } from './natives'

/** How many awaits of non-promises in a row may pass with nothing seen between them. Four was enough for every program tried. */
const ROUNDS = 4

/** One entered stretch of code between two markers. */
interface Stretch {
  context: Context
  /** What was current before it was entered. */
  before: Context | null
  /** Silent rounds that are left to the bracket. */
  rounds: number
  /** Whether something was seen while it was entered. */
  active: boolean
  /** The count of variables touched when it was entered: a change is something seen, too. */
  touched: number
  /** The bracket of the next round. */
  next: Stretch | null
}

/** The stretches that are entered now in this segment, innermost last. */
let entered: Stretch[] = []
/** The promise whose await still lacks its leave reaction. */
let unclosed: Promise<unknown> | null = null
/** The context of that await. */
let unclosedContext: Context | null = null
/** Greater than 0 while we use promises ourselves: what is seen then is not the page's. */
let quiet = 0

export const isQuiet = (): boolean => quiet > 0

/** Does something with promises that is not the page's doing. */
export function quietly<T>(work: () => T): T {
  quiet++
  try {
    return work()
  } finally {
    quiet--
  }
}

const settled: Promise<unknown> = apply(nativeResolve, NativePromise, [undefined])

function onSettled(promise: Promise<unknown>, reaction: () => void): void {
  quiet++
  try {
    apply(nativeThen, promise, [reaction, reaction])
  } finally {
    quiet--
  }
}

function stretchOf(context: Context, rounds: number): Stretch {
  return { context, before: null, rounds, active: false, touched: 0, next: null }
}

function openBracket(context: Context, rounds: number): Stretch | null {
  if (rounds <= 0) return null
  const stretch = stretchOf(context, rounds)
  onSettled(settled, () => enter(stretch))
  return stretch
}

function enter(stretch: Stretch): void {
  closeAwait()
  stretch.before = switchTo(stretch.context)
  stretch.touched = touches
  entered.push(stretch)
  stretch.next = openBracket(stretch.context, stretch.rounds - 1)
}

function leave(): void {
  closeAwait()
  const stretch = entered.pop()
  if (stretch === undefined || stretch.before === null) return
  const seen = stretch.active || touches !== stretch.touched
  switchTo(stretch.before)
  if (stretch.next === null) return
  if (seen) stretch.next.rounds = ROUNDS
  onSettled(settled, leave)
}

/** Something that can be seen ran in the innermost stretch: keep following it. */
export function noteActivity(): void {
  const innermost = entered[entered.length - 1]
  if (innermost !== undefined) innermost.active = true
}

/** Adds the leave reaction of the await seen last, now that its continuation is on the promise. */
export function closeAwait(): void {
  if (unclosed === null) return
  const promise = unclosed
  unclosed = null
  unclosedContext = null
  onSettled(promise, leave)
}

/** An await of `promise` is about to add its continuation: that has to run in the context of now. */
export function noteAwait(promise: Promise<unknown>): void {
  noteActivity()
  // Read again with nothing between: the reactions that are there serve this await, too. And a page that asks one promise
  // that stays pending a million times what it is adds nothing to it.
  if (unclosed === promise && unclosedContext === current) return
  closeAwait()
  unclosedContext = current
  const stretch = stretchOf(current, ROUNDS)
  onSettled(promise, () => enter(stretch))
  unclosed = promise
}

/**
 * Runs `fn` as a segment of its own in `context`, and follows what it leaves in the microtask queue.
 * A raw switch: whether the context is entered already is no question here.
 */
export function runSegment<A extends unknown[], R>(context: Context, fn: (...args: A) => R, self: unknown, args: A): R {
  closeAwait()
  noteActivity()
  const outerEntered = entered
  const outerQuiet = quiet
  entered = []
  // Code of the page, also where something that we do quietly calls it: an eager task's first step, say.
  quiet = 0
  const outer = switchTo(context)
  const bracket = openBracket(context, ROUNDS)
  try {
    return apply(fn, self, args)
  } finally {
    closeAwait()
    if (bracket !== null) onSettled(settled, leave)
    switchTo(outer)
    entered = outerEntered
    quiet = outerQuiet
  }
}
