// Follows contexts through the microtask queue. The engine says nothing of what it queues there (`await 5`, the job that calls a
// thenable's `then`), but the queue is first in, first out, and that is enough.
//
// 1. Wherever the current context changes, a *marker* is queued: what is queued unseen from there on, up to the next marker,
//    belongs to that context. Such a stretch of the queue is a *span*.
// 2. What runs in a span may queue more, unseen again. So a marker, when its turn comes, queues the marker of its context's next
//    span before anything of this one runs, for ROUNDS silent rounds, and a few more where few contexts are silent; whatever
//    is seen in between renews them. The last marker of all brings the base context back.
// 3. What is seen (an await of a promise, a callback) interrupts the running span, which goes on afterwards.

import type { Context } from '../context/context'
import { touches } from '../context/memory'
import { base, current, switchTo } from '../context/storage'
import { apply, applyTwo, defineProperty, NativePromise, nativeResolve, nativeThen } from './natives'
import { wake } from './need'
import { closeAwait } from './open-await'
import type { Then } from './reaction'

/** How many awaits of non-promises in a row may pass with nothing seen between them, whatever else goes on. */
const ROUNDS = 4
/** How many more markers one turn of the event loop may spend on contexts that stay silent: few of them get many rounds. */
const PATIENCE = 8

/** A stretch of the microtask queue, from one marker to the next. */
interface Span {
  readonly context: Context
  /** How many silent rounds are left. With none, what it queues unseen is not followed. */
  rounds: number
  /** The same context's span of the next round, whose marker is in the queue. */
  next: Span | null
  /** The span whose marker comes after this one's. */
  following: Span | null
}

const spanOf = (context: Context, rounds: number): Span => ({ context, rounds, next: null, following: null })

/** While nothing of ours is in the queue: any code of the page may run, in the base context. */
const rest = spanOf(base, ROUNDS)
/** The same, where the host has called us: no other code of the page runs in this turn. */
const idle = spanOf(base, 0)

/** The span whose microtasks run now. */
let running = rest
/** The spans whose markers are in the queue: what is queued unseen now runs in the last of them. */
let first: Span | null = null
let last: Span | null = null
/** The count of variables touched when code of `running` began to run. A change is a sign of life. */
let touched = 0
/** What is left of PATIENCE in this turn. */
let patience = PATIENCE

/** Whether the code that runs now is in a span that we follow: not in a script, nor in what we do not know. */
export const isInSpan = (): boolean => running !== rest

const settled: Promise<unknown> = apply(nativeResolve, NativePromise, [undefined])

/**
 * To be called once, before the first marker: from then on the `then` of a marker looks for no other constructor. Not before, since
 * V8 makes every await of a page slower once any promise has a constructor of its own.
 */
export function prepareMarkers(): void {
  defineProperty(settled, 'constructor', { value: undefined })
}

function mark(context: Context, rounds: number): Span {
  const span = spanOf(context, rounds)
  // Markers run in the order in which they were queued, so one function serves them all. First of all, since it may throw: the
  // stack may be full.
  applyTwo(nativeThen as Then, settled, takeTurn, undefined)
  if (last === null) first = span
  else last.following = span
  last = span
  return span
}

/** What is queued unseen from here on belongs to the current context. */
function follow(rounds: number): Span | null {
  if (last === null) return current === base ? null : mark(current, rounds)
  if (last.context !== current) return mark(current, rounds)
  if (last.rounds < rounds) last.rounds = rounds
  return last
}

/** Something that can be seen was done by the code that runs: what it queues unseen from here on is followed. */
export function noteActivity(): void {
  follow(ROUNDS)
}

/** A marker's turn has come. */
function takeTurn(): void {
  const span = first
  if (span === null) return
  first = span.following
  if (first === null) last = null
  closeAwait()
  noteTouches()
  // What is over holds on to nothing that comes.
  span.following = null
  running.next = null
  running = span
  switchTo(span.context)
  touched = touches
  followOn()
}

/** What code of the running span queues unseen from here on is its own, or base's where it is followed no longer. */
function followOn(): void {
  const span = running
  if (span.rounds > 0) span.next = follow(span.rounds - 1)
  else if (span.context === base) {
    // Code that was given up goes on here, and not in the context of a neighbour.
    if (last !== null) span.next = follow(0)
  } else if (patience > 0) {
    patience--
    span.next = follow(0)
  } else if (last === null || last.context !== base) mark(base, 0)
  if (last === null) comeToRest()
}

/** No marker is in the queue: the turn is over, or what goes on is base. */
function comeToRest(): void {
  running = rest
  patience = PATIENCE
}

/** Code of the running span has touched variables: it lives, and what it queued is to be followed on. */
function noteTouches(): void {
  if (touches !== touched && running.next !== null) running.next.rounds = ROUNDS
}

/** The host calls us, in a turn of its own: what goes on afterwards is only what was queued meanwhile. */
export function beginTurn(): void {
  if (last === null) running = idle
}

/** Something of another context interrupts the running span. */
export function interrupt(context: Context): void {
  if (context !== base) wake()
  closeAwait()
  noteTouches()
  switchTo(context)
  follow(ROUNDS)
}

/** The running span goes on. */
export function goOn(): void {
  switchTo(running.context)
  closeAwait()
  touched = touches
  if (running !== idle) followOn()
  else if (last === null) comeToRest()
}
