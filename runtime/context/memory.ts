// What variables remember of the current context, so that a repeated `get` is one compare. Leaving the context forgets it all:
// nothing here keeps a value alive once its context is left, and a memory that is filled is always about the current context.

import { ABSENT, type Absent } from './persistent-map'

const filled: (Memory<unknown> | undefined)[] = []
let count = 0

/**
 * How often variables were touched: first reads after a switch, sets, resets. A follower of asynchrony compares two counts to
 * learn whether the code between them had anything to do with contexts.
 */
export let touches = 0

export class Memory<T> {
  /** Whether the current context is known to hold `value`. Where that is not undefined, there is no need to ask. */
  held = false
  value: T | undefined = undefined
  /** Whether the variable is known to be unset in the current context. */
  unset = false
  #listed = false

  /** Remembers what the current context holds. */
  keep(found: T | Absent): void {
    touches++
    this.unset = found === ABSENT
    this.held = !this.unset
    this.value = found === ABSENT ? undefined : found
    if (this.#listed) return
    this.#listed = true
    filled[count++] = this
  }

  /** The value has changed: the next read has to look, and is announced. */
  invalidate(): void {
    touches++
    this.#forget()
  }

  /** Forgets, on leaving the context. */
  clear(): void {
    this.#forget()
    this.#listed = false
  }

  #forget(): void {
    this.held = false
    this.value = undefined
    this.unset = false
  }
}

/** Empties every memory. */
export function forgetReads(): void {
  while (count > 0) {
    count--
    filled[count]?.clear()
    filled[count] = undefined
  }
}
