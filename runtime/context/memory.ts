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
  /** The value that the current context holds, as far as it is known. */
  value: T | Absent = ABSENT
  /** Known to be unset in the current context. */
  unset = false
  #listed = false

  /** Remembers what the current context holds. */
  keep(held: T | Absent): void {
    touches++
    this.value = held
    this.unset = held === ABSENT
    if (this.#listed) return
    this.#listed = true
    filled[count++] = this
  }

  /** The value has changed: the next read has to look, and is announced. */
  invalidate(): void {
    touches++
    this.value = ABSENT
    this.unset = false
  }

  /** Forgets, on leaving the context. */
  clear(): void {
    this.value = ABSENT
    this.unset = false
    this.#listed = false
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
