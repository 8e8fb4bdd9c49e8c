// A context: what every variable is, for one strand of work. To read it is to read a mapping; to write to it, run code in it.

import { describe } from './describe'
import { KeyError, RuntimeError } from './errors'
import { ABSENT, PersistentMap } from './persistent-map'
import { begin, carrier, current, switchTo } from './storage'
import { type Boundary, type Origin, tap } from './tap'
import { type ContextVar, isContextVar } from './variable'

/** @internal */
type Values = PersistentMap<ContextVar<unknown>, unknown>

/** In the hands of this file alone: a page makes empty contexts only. */
const key = Symbol()

let minted = 0
export const contextsMinted = (): number => minted

/** @internal Whether it is a real one: `instanceof` would believe any object with this prototype. */
export let isContext: (value: unknown) => value is Context

/** @internal What variables read and write. No method of the class: a page has no way to write into a context but to run in it. */
export let valuesOf: (context: Context) => Values

/** @internal Throws where a context is entered already: by `run`, which began at `boundary`, or what enters as it does. */
export let refuseEntered: (context: Context, boundary: Boundary) => void

export class Context implements Iterable<[ContextVar<unknown>, unknown]> {
  readonly #id: number
  readonly #values: Values
  readonly #parentId: number
  readonly #origin: Origin
  readonly #api: string
  readonly #name: string | null
  #entered = false
  #note: unknown = null

  static {
    isContext = (value): value is Context => typeof value === 'object' && value !== null && #values in value
    valuesOf = (context) => context.#values
    refuseEntered = (context, boundary) => {
      if (!context.#entered) return
      tap?.reentryRefused(context, boundary)
      throw new RuntimeError(`cannot enter context: ${context} is already entered`)
    }
  }

  /** An empty context. */
  constructor()
  /** @internal */
  constructor(proof: typeof key, values: Values, parentId: number, origin: Origin, api: string, name: string | null)
  constructor(
    proof?: typeof key,
    values: Values = new PersistentMap(),
    parentId = 0,
    origin: Origin = 'new',
    api = 'new Context',
    name: string | null = null,
  ) {
    if (new.target !== Context) throw new TypeError("type 'Context' is not an acceptable base type")
    // biome-ignore lint/complexity/noArguments: `new Context(undefined)` has an argument, too
    if (proof !== key && arguments.length > 0) throw new TypeError('Context() does not accept any arguments')
    this.#id = ++minted
    this.#values = values
    this.#parentId = parentId
    this.#origin = origin
    this.#api = api
    this.#name = name
    if (tap !== null && proof !== key) tap.contextCreated(this, null, origin, api, name, Context)
  }

  /** How many variables are set here. Defaults are not values of a context. */
  get size(): number {
    return this.#values.size
  }

  has(variable: ContextVar<unknown>): boolean {
    return this.#find(variable) !== ABSENT
  }

  get<T>(variable: ContextVar<T>): T | undefined
  get<T, F>(variable: ContextVar<T>, fallback: F): T | F
  get<T, F>(variable: ContextVar<T>, fallback?: F): T | F | undefined {
    const found = this.#find(variable)
    return found === ABSENT ? fallback : found
  }

  /** Python's `context[variable]`: a KeyError where the variable is not set here. */
  item<T>(variable: ContextVar<T>): T {
    const found = this.#find(variable)
    if (found === ABSENT) throw new KeyError(variable)
    return found
  }

  keys(): Generator<ContextVar<unknown>, void> {
    return column(this.entries(), 0)
  }

  values(): Generator<unknown, void> {
    return column(this.entries(), 1)
  }

  /** What is set at the moment of the call: later writes do not disturb who reads. In no particular order. */
  entries(): Generator<[ContextVar<unknown>, unknown], void> {
    return this.#values.entries()
  }

  [Symbol.iterator](): Generator<[ContextVar<unknown>, unknown], void> {
    return this.entries()
  }

  /** Whether the same variables are set to the same values; `same` is asked about values that are not identical. */
  equals(other: unknown, same: (a: unknown, b: unknown) => boolean = Object.is): boolean {
    if (!isContext(other)) return false
    // Copies, so that a `same` that writes to a context cannot change the question.
    const ours = this.#values.copy()
    const theirs = other.#values.copy()
    if (ours.isSharedWith(theirs)) return true
    if (ours.size !== theirs.size) return false
    for (const [variable, value] of ours.entries()) {
      const counterpart = theirs.get(variable)
      if (counterpart === ABSENT) return false
      if (!Object.is(value, counterpart) && !same(value, counterpart)) return false
    }
    return true
  }

  /** A context with the same values, made in no time, which goes its own way from now on. */
  copy(): Context {
    return copyFor(this, 'copy', 'Context.copy', null, Context.prototype.copy)
  }

  /** Calls `fn` with this context as the current one. What is set meanwhile stays here, whether `fn` returns or throws. */
  run<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
    if (fn === undefined) throw new TypeError('run() missing 1 required positional argument')
    refuseEntered(this, Context.prototype.run)
    const outer = current
    const carried = carrier !== null
    let threw = true
    // All of it, since any call may throw: the stack may be full.
    try {
      this.#entered = true
      tap?.runStarted(this, outer, Context.prototype.run)
      // A carrier switches itself, there and back.
      if (!carried) switchTo(this)
      const result = carrier === null ? fn(...args) : carrier(this, fn, undefined, args)
      threw = false
      return result
    } finally {
      this.#entered = false
      if (!carried) switchTo(outer)
      // One that came while this ran has to hear of the way back.
      if (!carried && carrier !== null) carrier(outer, () => {}, undefined, [])
      tap?.runEnded(this, threw)
    }
  }

  toString(): string {
    return `<Context${this.#name === null ? '' : ` '${this.#name}'`} #${this.#id}>`
  }

  get [Symbol.toStringTag](): string {
    return 'Context'
  }

  /** @internal */
  get id(): number {
    return this.#id
  }

  /** @internal The context whose values it started with; 0 where it started empty. */
  get parentId(): number {
    return this.#parentId
  }

  /** @internal */
  get origin(): Origin {
    return this.#origin
  }

  /** @internal What was called: `copyContext`, `setTimeout`, `createTask`, ... */
  get api(): string {
    return this.#api
  }

  /** @internal What its unit of work is called. */
  get name(): string | null {
    return this.#name
  }

  /** @internal A place for the recorder. */
  get note(): unknown {
    return this.#note
  }

  /** @internal */
  set note(note: unknown) {
    this.#note = note
  }

  #find<T>(variable: ContextVar<T>): T | typeof ABSENT {
    if (!isContextVar(variable)) {
      throw new TypeError(`a ContextVar key was expected, got ${describe(variable)}`)
    }
    return this.#values.get(variable) as T | typeof ABSENT
  }
}

function* column<Row extends readonly unknown[], At extends number>(
  rows: Iterable<Row>,
  at: At,
): Generator<Row[At], void> {
  for (const row of rows) yield row[at]
}

/** A context with the values that `source` has now. */
export function copyFor(
  source: Context,
  origin: Origin,
  api: string,
  name: string | null,
  boundary: Boundary,
): Context {
  const context = new Context(key, valuesOf(source).copy(), source.id, origin, api, name)
  tap?.contextCreated(context, source, origin, api, name, boundary)
  return context
}

/** A context that starts with nothing. */
export function emptyFor(origin: Origin, api: string, name: string | null, boundary: Boundary): Context {
  const context = new Context(key, new PersistentMap(), 0, origin, api, name)
  tap?.contextCreated(context, null, origin, api, name, boundary)
  return context
}

/** A copy of the current context. */
export function copyContext(): Context {
  return copyFor(current, 'copy', 'copyContext', null, copyContext)
}

begin(new Context(key, new PersistentMap(), 0, 'base', '', null))
