// A context variable: one name, and in every context a value of its own.

import { type Context, valuesOf } from './context'
import { describe, once } from './describe'
import { LookupError, RuntimeError, ValueError } from './errors'
import { Memory } from './memory'
import { ABSENT, type Absent } from './persistent-map'
import { current } from './storage'
import { type Boundary, type TokenRefusal, type Trace, tap } from './tap'
import { isToken, makeToken, type Token } from './token'

let minted = 0
export const variablesMinted = (): number => minted

/** Whether it is a real one: `instanceof` would believe any object with this prototype. */
export let isContextVar: (value: unknown) => value is ContextVar<unknown>

/** A reset that somebody else asks for: a recorder cuts the stack at `boundary`. */
export let undo: <T>(variable: ContextVar<T>, token: Token<T>, boundary: Boundary) => void

/** Make variables at the top of a module: contexts hold on to those that are set in them. */
export class ContextVar<T> {
  readonly #id: number
  readonly #name: string
  readonly #default: T | Absent
  readonly #memory = new Memory<T>()

  static {
    isContextVar = (value): value is ContextVar<unknown> => typeof value === 'object' && value !== null && #id in value
    undo = (variable, token, boundary) => {
      variable.#undo(token, boundary)
      tap?.variableReset(current, variable, token, token.oldValue, boundary)
    }
  }

  constructor(name: string, options?: { readonly default: T })
  /** @internal For who makes one for the page: a recorder cuts the stack at `boundary`. */
  constructor(name: string, options: { readonly default: T }, boundary: Boundary)
  constructor(name: string, options?: { readonly default: T }, boundary: Boundary = ContextVar) {
    if (new.target !== ContextVar) throw new TypeError("type 'ContextVar' is not an acceptable base type")
    if (typeof name !== 'string') throw new TypeError(`context variable name must be a str, got ${describe(name)}`)
    this.#default = options === undefined ? ABSENT : defaultOf(options)
    this.#name = name
    this.#id = ++minted
    Object.freeze(this)
    tap?.variableCreated(this, boundary)
  }

  get name(): string {
    return this.#name
  }

  /** The value in the current context; else the argument, if one is given; else the constructor's default; else a LookupError. */
  get(): T
  get<F>(fallback: F): T | F
  get<F>(...fallback: [] | [F]): T | F {
    // Compared with a constant of the engine: bundlers make variables of ours. `undefined` is a value, too: `#look` knows.
    const { value } = this.#memory
    return value === undefined ? this.#look(fallback.length > 0, fallback[0] as F) : value
  }

  /** Writes to the current context, and returns what undoes it. */
  set(value: T): Token<T> {
    // First, because it is what throws when `this` is no variable.
    this.#memory.invalidate()
    const context = current
    const token = makeToken(this, valuesOf(context).set(this, value) as T | Absent, context)
    if (tap !== null) {
      tap.capture?.(tap.trace as Trace, this.set)
      tap.variableSet(context, this, token, value, this.set)
    }
    return token
  }

  /** Puts back what the variable was before the set that returned `token`, however often it was set since. */
  reset(token: Token<T>): void {
    this.#undo(token, this.reset)
    // Announced here, and no deeper, for the sake of its stack.
    if (tap !== null) {
      tap.capture?.(tap.trace as Trace, this.reset)
      tap.variableReset(current, this, token, token.oldValue, this.reset)
    }
  }

  toString(): string {
    return once(this, () => {
      const fallback = this.#default === ABSENT ? '' : ` default=${describe(this.#default)}`
      return `<ContextVar name='${this.#name}'${fallback} at #${this.#id}>`
    })
  }

  get [Symbol.toStringTag](): string {
    return 'ContextVar'
  }

  /** @internal */
  get id(): number {
    return this.#id
  }

  /** @internal */
  get hasDefault(): boolean {
    return this.#default !== ABSENT
  }

  /** @internal The constructor's default; undefined where it has none. */
  get defaultValue(): T | undefined {
    return this.#default === ABSENT ? undefined : this.#default
  }

  #undo(token: Token<T>, boundary: Boundary): void {
    const context = current
    const refusal = this.#refusalOf(token, context)
    if (refusal !== null) {
      const { code, error } = refusal
      tap?.tokenRefused(context, this, token, code, error.message, boundary)
      throw error
    }
    const old = token.spend()
    if (old === ABSENT) valuesOf(context).delete(this)
    else valuesOf(context).set(this, old)
    this.#memory.invalidate()
  }

  /** Why `reset` will not take it, in CPython's order. A token that is refused stays as good as it was. */
  #refusalOf(token: Token<T>, context: Context): { code: TokenRefusal; error: Error } | null {
    if (!isToken(token)) {
      return { code: 'not-a-token', error: new TypeError(`expected an instance of Token, got ${describe(token)}`) }
    }
    if (token.used) return { code: 'used', error: new RuntimeError(`${token} has already been used once`) }
    if (token.var !== this) {
      return { code: 'other-variable', error: new ValueError(`${token} was created by a different ContextVar`) }
    }
    if (token.context !== context) {
      return { code: 'other-context', error: new ValueError(`${token} was created in a different Context`) }
    }
    return null
  }

  #look<F>(hasFallback: boolean, fallback: F): T | F {
    const memory = this.#memory
    if (memory.held) return memory.value as T
    if (!memory.unset) {
      const found = valuesOf(current).get(this) as T | Absent
      memory.keep(found)
      if (found !== ABSENT) return this.#announced('value', found)
      if (hasFallback) return this.#announced('fallback', fallback)
      if (this.#default !== ABSENT) return this.#announced('default', this.#default)
    }
    if (hasFallback) return fallback
    if (this.#default !== ABSENT) return this.#default
    tap?.variableRead(current, this, 'miss', this.get)
    throw new LookupError(this)
  }

  #announced<V>(found: 'value' | 'fallback' | 'default', value: V): V {
    tap?.variableRead(current, this, found, this.get)
    return value
  }
}

/** Presence is what counts: `{ default: undefined }` is a default. */
function defaultOf<T>(options: { readonly default: T }): T | Absent {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`ContextVar() takes its default as { default: value }, got ${describe(options)}`)
  }
  for (const option of Object.keys(options)) {
    if (option !== 'default') throw new TypeError(`'${option}' is an invalid option for ContextVar()`)
  }
  return 'default' in options ? options.default : ABSENT
}
