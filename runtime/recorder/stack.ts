// Call stacks, captured cheaply and read late. Capturing costs the engine little; making text of it costs ten times more, so
// that waits until somebody asks for the facts, or until too many wait: an unread stack keeps the objects on it alive.

import type { Boundary } from '../context/tap'
import type { Frame, StackId, StackTable } from '../protocol'
import { defineProperty, getOwnPropertyDescriptor, NativeError } from './natives'

/** Frames that a stack should have at least: the engine's own default. A page that wants more gets more. */
const ENOUGH = 10
/** Frames that are kept of each stack. */
const DEPTH = 16
/** Stacks that may wait unread. */
const WAITING = 512
/** What the injected script calls itself: below the page's own line there are frames of ours again, where we call the page. */
const OURS = 'contextvars-devtools/inject.js'
/** Different stacks that are kept; of more than this, new ones are not told. */
const DISTINCT = 20_000

interface Trace {
  stack?: string
}

type CaptureStackTrace = (target: object, boundary: Boundary) => void
const capture: CaptureStackTrace | undefined = (NativeError as { captureStackTrace?: CaptureStackTrace })
  .captureStackTrace

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

/** A page's own `Error.prepareStackTrace` would be called by the reading, and is none of ours to run. */
function textOf(trace: Trace): string {
  const text: unknown = withSetting('prepareStackTrace', undefined, () => trace.stack)
  return typeof text === 'string' ? text : ''
}

export class Stacks {
  readonly #frames = new Map<StackId, Frame[]>()
  readonly #ids = new Map<string, StackId>()
  #waiting: { trace: Trace; known: (stack: StackId | null) => void }[] = []

  /**
   * Captures the stack of now, without the frames of ours above `boundary`, the function that the page called.
   * `known` is told its id later, and at once by `settle()`.
   */
  capture(boundary: Boundary, known: (stack: StackId | null) => void): void {
    this.#waiting.push({ trace: this.trace(boundary), known })
    if (this.#waiting.length > WAITING) this.settle()
  }

  /** A stack that may never be asked for: `read` makes an id of it. */
  trace(boundary: Boundary): Trace {
    const work = (): Trace => {
      if (capture === undefined) return new NativeError()
      const trace: Trace = {}
      capture(trace, boundary)
      return trace
    }
    const limit: unknown = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit')?.value
    return typeof limit === 'number' && limit >= ENOUGH ? work() : withSetting('stackTraceLimit', ENOUGH, work)
  }

  read(trace: Trace): StackId | null {
    const text = textOf(trace)
    return text === '' ? null : this.#intern(text)
  }

  /** Whether the host called `method` itself: it is the outermost function, as far as the stack goes. */
  begins(trace: Trace, method: string): boolean {
    const text = textOf(trace)
    // Below it stands, in some engines, who awaits.
    const frames = parseStack(text.replace(/^\s*at async .*\n?/gm, ''))
    const outermost = frames.findLast(({ url }) => !url.startsWith('node:'))
    return frames.length < ENOUGH && outermost !== undefined && outermost.name.split(/[. [\]]/).includes(method)
  }

  /** Reads all that wait. */
  settle(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { trace, known } of waiting) known(this.read(trace))
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

  #intern(text: string): StackId | null {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    if (this.#ids.size >= DISTINCT) return null
    const frames = parseStack(text)
    if (frames.length === 0) return null
    const id = (this.#ids.size + 1) as StackId
    this.#ids.set(text, id)
    this.#frames.set(id, frames)
    return id
  }
}

/** `at name (url:line:column)` or `at url:line:column`, as V8 writes it; `name@url:line:column`, as the others do. */
const V8_LINE = /^\s*at (?:async )?(?:(.*) \()?(.*?):(\d+):(\d+)\)?$/
/** The code of an eval has no script to open: told is where the eval was called, the innermost position of the row. */
const V8_EVAL_LINE = /^\s*at (?:async )?(.*?) \(eval at .*\(([^()]+):(\d+):(\d+)\)/
const GECKO_LINE = /^([^@]*)@(.*?):(\d+):(\d+)$/

/** Frames of a stack's text, innermost first; ours, and what is no position in a script (`<anonymous>`, `native code`), are left out. */
export function parseStack(text: string): Frame[] {
  const frames: Frame[] = []
  for (const row of text.split('\n')) {
    if (frames.length === DEPTH) break
    const match = (row.includes(' (eval at ') ? V8_EVAL_LINE : V8_LINE).exec(row) ?? GECKO_LINE.exec(row)
    if (match === null) continue
    const [, name = '', url = '', line, column] = match
    if (url === '' || url === OURS || url.startsWith('<anonymous>') || url.startsWith('native')) continue
    frames.push({ name, url, line: Number(line), column: Number(column) })
  }
  return frames
}
