// Follows contexts through the microtask queue. The engine says nothing of what it queues there, but the queue is first in,
// first out, and that is enough.
//
// 1. `await promise` reads `promise.constructor` just before it adds its continuation to the promise. That read (native-await.ts)
//    lets us add an *enter* reaction first; the *leave* reaction follows at the next chance, which is the next await or the end
//    of the running code. A promise's reactions run in order: enter, continuation, leave.
// 2. `await 5`, and the job that calls a thenable's `then`, read nothing. So wherever the current context changes, a *marker* is
//    queued: what is queued unseen from there on, up to the next marker, belongs to that context. Such a stretch of the queue
//    is a *span*.
// 3. What runs in a span may queue more, unseen again. So a marker, when its turn comes, queues the marker of its context's next
//    span before anything of this one runs, for ROUNDS silent rounds, and a few more where few contexts are silent; whatever
//    is seen in between renews them. The last marker of all brings the base context back.
//
// `await` resumes in the very same Context: nothing is copied.

import { type Context, contextsMinted } from '../context/context'
import { touches } from '../context/memory'
import { base, current, switchTo } from '../context/storage'
import { apply, applyTwo, defineProperty, NativePromise, nativeResolve, nativeThen } from './natives'

/** How many awaits of non-promises in a row may pass with nothing seen between them, whatever else goes on. */
const ROUNDS = 4
/** How many more markers one turn of the event loop may spend on contexts that stay silent: few of them get many rounds. */
const PATIENCE = 32

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
/** How many functions of the page that we call are on the stack. */
let depth = 0
/** Whether the continuation of an await runs, between its enter and its leave reaction. */
let entered = false

/** The promise whose await still lacks its leave reaction, and the context of that await. */
let open: Promise<unknown> | null = null
let openContext: Context = base
/** The promise that we are adding a reaction to: that its constructor is read means nothing. */
let ours: unknown = null

/** Called when the first context other than the base is made: until then there is nothing to follow. */
let sleeper: (() => void) | null = null

/** What is to begin when the first context other than the base is made; now, if there are others. Returns what forgets it. */
export function whenNeeded(begin: () => void): () => void {
  sleeper = begin
  if (contextsMinted() > 1) wake()
  return () => {
    if (sleeper === begin) sleeper = null
  }
}

/** A context other than the base is about to be made or entered. */
export function wake(): void {
  if (sleeper === null) return
  const begin = sleeper
  // Its `then` looks for no other constructor. Not before: V8 makes every await of a page slower once any promise has its own.
  defineProperty(settled, 'constructor', { value: undefined })
  begin()
  sleeper = null
}

export const isAsleep = (): boolean => sleeper !== null

/** Whether code runs that we have called, or the continuation of an await; some unseen microtasks pass for the latter. */
export const isSeen = (): boolean => depth > 0 || entered

/** Whether the code that runs now was called by us, or in a span that we follow: not by a script, or by what we do not know. */
export const isFollowed = (): boolean => isSeen() || running !== rest

/** Whether the code that runs now is certainly a microtask that was queued unseen, in a span that we follow. */
export const isUnseen = (): boolean => !isSeen() && running !== rest

/** Whether this read of a promise's constructor is one of ours. */
export const isOurs = (promise: unknown): boolean => promise === ours

/** Calls a method of the host that reads the constructor of `promise`, which is no await. */
export function unnoticed<R>(promise: unknown, method: (...args: never[]) => R, self: unknown, args: unknown[]): R {
  const outer = ours
  ours = promise
  try {
    return apply(method, self, args as never[])
  } finally {
    ours = outer
  }
}

type Then = (this: unknown, onFulfilled: unknown, onRejected: unknown) => unknown

/** The same for `then`, the host's or a library's own. */
export function thenUnnoticed(then: Then, promise: unknown, onFulfilled: unknown, onRejected: unknown): unknown {
  const outer = ours
  ours = promise
  try {
    return applyTwo(then, promise, onFulfilled, onRejected)
  } finally {
    ours = outer
  }
}

/** Adds a reaction that is not the page's doing. */
export function react(promise: Promise<unknown>, onFulfilled: unknown, onRejected: unknown): void {
  thenUnnoticed(nativeThen as Then, promise, onFulfilled, onRejected)
}

const settled: Promise<unknown> = apply(nativeResolve, NativePromise, [undefined])

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

/** Called whenever code of the page is about to run in a context. */
let lookout = (): void => {}

export function setLookout(look: () => void): () => void {
  lookout = look
  return () => {
    if (lookout === look) lookout = () => {}
  }
}

/** Something of another context interrupts the running span. */
function interrupt(context: Context): void {
  lookout()
  if (context !== base) wake()
  closeAwait()
  noteTouches()
  switchTo(context)
  follow(ROUNDS)
}

/** The running span goes on. */
function goOn(): void {
  switchTo(running.context)
  closeAwait()
  touched = touches
  if (running !== idle) followOn()
  else if (last === null) comeToRest()
}

function enter(context: Context): void {
  interrupt(context)
  entered = true
}

function leave(): void {
  entered = false
  goOn()
}

/** Something that can be seen was done by the code that runs: keep following it. */
export function noteActivity(): void {
  follow(ROUNDS)
}

/** Adds the leave reaction of the await seen last, now that its continuation is on the promise. */
export function closeAwait(): void {
  if (open === null) return
  const promise = open
  open = null
  react(promise, leave, leave)
}

/** An await of `promise` is about to add its continuation: that has to run in the context of now. */
export function noteAwait(promise: Promise<unknown>): void {
  // Read again with nothing between: the reactions that are there serve this await, too. And a page that asks one promise
  // that stays pending a million times what it is adds nothing to it.
  if (open === promise && openContext === current) return
  closeAwait()
  const context = current
  const reaction = (): void => enter(context)
  react(promise, reaction, reaction)
  open = promise
  openContext = context
  follow(ROUNDS)
}

/**
 * Runs `fn` in `context` for code of the page, which goes on afterwards, and follows what it leaves in the microtask queue.
 * A raw switch: whether the context is entered already is no question here.
 */
export function runSegment<A extends unknown[], R>(context: Context, fn: (...args: A) => R, self: unknown, args: A): R {
  const outer = current
  depth++
  try {
    interrupt(context)
    return apply(fn, self, args)
  } finally {
    // What may throw, where the stack is full, comes last.
    depth--
    switchTo(outer)
    closeAwait()
    follow(ROUNDS)
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
  if (last === null) running = idle
  return runMicrotask(context, fn, self, args)
}
