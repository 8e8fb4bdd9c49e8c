// Call stacks, captured cheaply and read late. Capturing costs the engine little; making text of it costs ten times more, so
// that waits until somebody asks for the facts, or until too many wait: an unread stack keeps the objects on it alive.

import type { Boundary, Trace } from '../context/tap'
import { type Frame, NOT_TAKEN, type StackId, type StackTable } from '../protocol'
import { defineProperty, getOwnPropertyDescriptor, NativeError, now } from './natives'
import type { Kind, Sampling } from './sampling'

/** Frames that a stack should have at least: the engine's own default. A page that wants more gets more. */
const ENOUGH = 10
/** Frames that are kept of each stack. */
const DEPTH = 16
/** Stacks that may wait unread. */
const WAITING = 2048
/** Stacks that are read between two looks at the clock. */
const AT_A_TIME = 64
/** What one of them occupies, and one that was read, beside its text. */
const WAITING_BYTES = 1000
const STACK_BYTES = 200
const FRAME_BYTES = 80
/** What the injected script calls itself: below the page's own line there are frames of ours again, where we call the page. */
const OURS = 'contextvars-devtools/inject.js'

type CaptureStackTrace = (trace: Trace, boundary: Boundary) => void
export const capture: CaptureStackTrace | null =
  (NativeError as { captureStackTrace?: CaptureStackTrace }).captureStackTrace ?? null

/**
 * What the engine may write a stack to. It inherits nothing: what a page gave all objects is no stack of ours. V8 keeps such an object as a
 * dictionary, which takes the properties of a stack in less time than any other.
 */
export const newTrace = (): Trace => ({ __proto__: null }) as Trace

/** Works with a property of `Error` set to `value` for the moment, whatever the page made of it. */
export function withSetting<T>(name: 'stackTraceLimit' | 'prepareStackTrace', value: unknown, work: () => T): T {
  const before = getOwnPropertyDescriptor(NativeError, name)
  if (before?.value === value && before?.get === undefined) return work()
  if (!defineProperty(NativeError, name, { value, writable: true, configurable: true, enumerable: true })) return work()
  try {
    return work()
  } finally {
    if (before === undefined) Reflect.deleteProperty(NativeError, name)
    else defineProperty(NativeError, name, before)
  }
}

/** A page's own `Error.prepareStackTrace` would be called by the reading, and is none of ours to run, unless that is wanted. */
function textOf(trace: Trace, asShown = false): string {
  const text: unknown = asShown ? trace.stack : withSetting('prepareStackTrace', undefined, () => trace.stack)
  return typeof text === 'string' ? text : ''
}

/** Where in the page's code a fact happened. Whoever has to remember that keeps this; the fact itself is told when it is known. */
export interface Place {
  /** Not known as long as there is a trace. */
  stack: StackId | null
  seq: number
  trace: Trace | null
}

/** Of all facts whose stack was not taken. */
const UNKNOWN: Place = Object.freeze({ stack: NOT_TAKEN, seq: 0, trace: null })

export class Stacks {
  readonly sampling: Sampling
  /** What all kept stacks may occupy. */
  mostBytes: number
  /** To be told when the stack of a fact is known. */
  known: (seq: number, stack: StackId | null) => void = () => {}
  readonly #frames = new Map<StackId, Frame[]>()
  readonly #ids = new Map<string, StackId>()
  readonly #asShown: boolean
  #minted = 0
  #bytes = 0
  /** In the order of their facts; those before the oldest are read. */
  #waiting: Place[] = []
  #oldest = 0

  /** `asShown`: as the realm's own `Error.prepareStackTrace` shows them. */
  constructor(sampling: Sampling, mostBytes: number, asShown = false) {
    this.#asShown = asShown
    this.sampling = sampling
    this.mostBytes = mostBytes
  }

  /** Estimated, those that wait included. */
  get bytes(): number {
    return this.#bytes + this.#waits * WAITING_BYTES
  }

  /**
   * Captures the stack of now for the fact that will have the number `seq`, without the frames of ours above `boundary`, the
   * function that the page called; where stacks are sampled, perhaps not.
   */
  capture(seq: number, boundary: Boundary, kind: Kind, at: number, always = false): Place {
    return this.placeOf(seq, this.trace(boundary, kind, at, always))
  }

  /** The place of a fact whose stack was captured before; null where none was to be. */
  placeOf(seq: number, trace: Trace | null): Place {
    if (trace === null) return UNKNOWN
    const place: Place = { stack: null, seq, trace }
    this.#waiting.push(place)
    // One by one, so that the page never stands still for all of them.
    if (this.#waits > WAITING || this.#waits * WAITING_BYTES > this.mostBytes) this.#readOldest(2)
    return place
  }

  /** A stack that may never be asked for: `read` makes an id of it. Null where none is taken. */
  trace(boundary: Boundary, kind: Kind, at: number, always = false): Trace | null {
    const { sampling } = this
    return sampling.wants(kind, at) || (always && sampling.level !== 'none') ? this.take(boundary, at) : null
  }

  /** The same where one is wanted. */
  take(boundary: Boundary, at: number): Trace {
    // Each function of ours on the way would be one more frame for the engine to walk over.
    if (!this.sampling.count()) return captureTrace(boundary)
    const begin = now()
    const trace = captureTrace(boundary)
    this.sampling.captured(now() - begin, at)
    return trace
  }

  read(trace: Trace): StackId | null {
    const text = textOf(trace, this.#asShown)
    return text === '' ? null : this.#intern(text)
  }

  /** The same for one that cannot wait: it takes of the page's time, too. */
  readNow(trace: Trace): StackId | null {
    const begin = now()
    const stack = this.read(trace)
    const end = now()
    this.sampling.read(1, end - begin, end)
    return stack
  }

  /** Reads all that waits. */
  settle(): void {
    this.settleSome(0, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY)
  }

  /**
   * Reads what waits up to the fact of number `last`, but past the one of number `first` only for so many milliseconds. Returns the
   * number of the last fact before the first that still waits.
   */
  settleSome(first: number, last: number, patience: number): number {
    const until = now() + patience
    for (;;) {
      const next = this.#waiting[this.#oldest]?.seq ?? Number.POSITIVE_INFINITY
      if (next > last || (next > first && now() > until)) return next - 1
      let count = 1
      while (count < AT_A_TIME && (this.#waiting[this.#oldest + count]?.seq ?? Number.POSITIVE_INFINITY) <= last)
        count++
      this.#readOldest(count)
    }
  }

  #readOldest(count: number): void {
    if (count === 0) return
    const begin = now()
    for (let left = count; left > 0; left--) this.of(this.#waiting[this.#oldest++] as Place)
    const end = now()
    this.sampling.read(count, end - begin, end)
    if (this.#oldest < WAITING && this.#waits > 0) return
    this.#waiting = this.#waiting.slice(this.#oldest)
    this.#oldest = 0
  }

  get #waits(): number {
    return this.#waiting.length - this.#oldest
  }

  /** The stack of a place, read by now. */
  of(place: Place): StackId | null {
    if (place.trace !== null) {
      place.stack = this.read(place.trace)
      place.trace = null
      this.known(place.seq, place.stack)
    }
    return place.stack
  }

  /** The frames of the stacks named by `ids`. */
  table(ids: Iterable<StackId>): StackTable {
    const table: StackTable = {}
    for (const id of ids) {
      const frames = this.#frames.get(id)
      if (frames !== undefined) table[id] = frames
    }
    return table
  }

  /** Lets go of the stacks that nothing names any more, if they take much room. */
  tidy(named: () => ReadonlySet<StackId>): void {
    if (this.#bytes < this.mostBytes / 2) return
    const kept = named()
    for (const [text, id] of this.#ids) {
      const frames = this.#frames.get(id)
      if (kept.has(id) || frames === undefined) continue
      this.#ids.delete(text)
      this.#frames.delete(id)
      this.#bytes -= sizeOf(text, frames)
    }
  }

  #intern(text: string): StackId | null {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const frames = parseStack(text)
    if (frames.length === 0) return null
    const size = sizeOf(text, frames)
    if (this.#bytes + size > this.mostBytes) return NOT_TAKEN
    const id = ++this.#minted as StackId
    this.#ids.set(text, id)
    this.#frames.set(id, frames)
    this.#bytes += size
    return id
  }
}

/** The strings of the frames are parts of the text. */
const sizeOf = (text: string, frames: readonly Frame[]): number =>
  STACK_BYTES + text.length + frames.length * FRAME_BYTES

/** Whether what is captured has as many frames as it should. */
export function isDeepEnough(): boolean {
  const limit: unknown = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit')?.value
  return typeof limit === 'number' && limit >= ENOUGH
}

/** Captures, whatever the page made of the limit; where that cannot be mended (`mended`), as much as it allows. */
export function captureTrace(boundary: Boundary, mended = false): Trace {
  if (!mended && !isDeepEnough()) {
    return withSetting('stackTraceLimit', ENOUGH, () => captureTrace(boundary, true))
  }
  if (capture === null) return new NativeError()
  const trace = newTrace()
  capture(trace, boundary)
  return trace
}

/** Whether the host called `method` itself: it is the outermost function, as far as the stack goes. */
export function begins(trace: Trace, method: string): boolean {
  // Below it stands, in some engines, who awaits.
  const frames = parseStack(textOf(trace).replace(/^\s*at async .*\n?/gm, ''))
  const outermost = frames.findLast(({ url }) => !url.startsWith('node:'))
  return frames.length < ENOUGH && outermost !== undefined && outermost.name.split(/[. [\]]/).includes(method)
}

/** `at name (url:line:column)` or `at url:line:column`, as V8 writes it; `name@url:line:column`, as the others do. */
const V8_LINE = /^\s*at (?:async )?(?:(.*) \()?(.*?):(\d+):(\d+)\)?$/
/** The code of an eval has no script to open: told is where the eval was called, the innermost position of the row. */
const V8_EVAL_LINE = /^\s*at (?:async )?(.*?) \(eval at .*\(([^()]+):(\d+):(\d+)\)/
const GECKO_LINE = /^([^@]*)@(.*?):(\d+):(\d+)$/

/** What runs a part of a generator, as V8 tells it below the generator's own line, whose name it repeats. */
const V8_RESUMED = /^\s*at (.+)\.(?:next|return|throw) \(<anonymous>\)$/

/** Marks the frame that was just read, if `row` says that it is a generator. */
function markGenerator(row: string, frame: Frame | undefined): void {
  const name = frame === undefined ? undefined : V8_RESUMED.exec(row)?.[1]
  if (frame !== undefined && (frame.name === name || frame.name.endsWith(`.${name}`))) frame.generator = true
}

/** Frames of a stack's text, innermost first; ours, and what is no position in a script (`<anonymous>`, `native code`), are left out. */
export function parseStack(text: string): Frame[] {
  const frames: Frame[] = []
  for (const row of text.split('\n')) {
    const match = (row.includes(' (eval at ') ? V8_EVAL_LINE : V8_LINE).exec(row) ?? GECKO_LINE.exec(row)
    if (match === null) {
      markGenerator(row, frames.at(-1))
      continue
    }
    const [, name = '', url = '', line, column] = match
    if (url === '' || url === OURS || url.startsWith('<anonymous>') || url.startsWith('native')) continue
    if (frames.length === DEPTH) break
    frames.push({ name, url, line: Number(line), column: Number(column) })
  }
  return frames
}
