// What `set` returns: the right to undo it once, in the context where it was made.

// The declarations bring the type of disposables along: an application's own settings may not name it.
/// <reference lib="esnext.disposable" preserve="true" />

import type { Context } from './context'
import { once } from './describe'
import { RuntimeError } from './errors'
import { ABSENT, type Absent } from './persistent-map'
import { type ContextVar, undo } from './variable'

/** In the hands of `makeToken` alone: nobody else can construct one. */
const key = Symbol()
const MISSING: unique symbol = Symbol('Token.MISSING')

let minted = 0
export const tokensMinted = (): number => minted

/** Whether a ContextVar made it: `instanceof` would believe any object with this prototype. */
export let isToken: (value: unknown) => value is Token<unknown>

export class Token<T> implements Disposable {
  /** `oldValue` of a token whose variable was unset. */
  static readonly MISSING: typeof MISSING = MISSING

  readonly #id: number
  readonly #variable: ContextVar<T>
  readonly #old: T | Absent
  readonly #context: Context
  #used = false
  #note: unknown = null

  static {
    isToken = (value): value is Token<unknown> => typeof value === 'object' && value !== null && #id in value
  }

  /** @internal Tokens come from `ContextVar.set`. */
  constructor(proof: typeof key, variable: ContextVar<T>, old: T | Absent, context: Context) {
    if (new.target !== Token) throw new TypeError("type 'Token' is not an acceptable base type")
    if (proof !== key) throw new RuntimeError('Tokens can only be created by ContextVars')
    this.#id = ++minted
    this.#variable = variable
    this.#old = old
    this.#context = context
  }

  /** The variable that was set. */
  get var(): ContextVar<T> {
    return this.#variable
  }

  /** The value that the context held before, `Token.MISSING` where it held none; constructor defaults do not count. */
  get oldValue(): T | typeof Token.MISSING {
    return this.#old === ABSENT ? MISSING : this.#old
  }

  /** Undoes the set: `using token = variable.set(value)` holds the value for a block. */
  [Symbol.dispose](): void {
    undo(this.#variable, this, Token.prototype[Symbol.dispose])
  }

  toString(): string {
    return once(this, () => `<Token${this.#used ? ' used' : ''} var=${this.#variable} at #${this.#id}>`)
  }

  get [Symbol.toStringTag](): string {
    return 'Token'
  }

  /** @internal */
  get id(): number {
    return this.#id
  }

  /** @internal Where it was made, and where alone it may be used. */
  get context(): Context {
    return this.#context
  }

  /** @internal */
  get used(): boolean {
    return this.#used
  }

  /** @internal A place for the recorder. */
  get note(): unknown {
    return this.#note
  }

  /** @internal */
  set note(note: unknown) {
    this.#note = note
  }

  /** @internal Marks it as used; returns what the variable was before. */
  spend(): T | Absent {
    this.#used = true
    return this.#old
  }
}

export function makeToken<T>(variable: ContextVar<T>, old: T | Absent, context: Context): Token<T> {
  return new Token(key, variable, old, context)
}
