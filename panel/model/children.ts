// The contexts that were made in one, oldest first. A page that begins everything in one context has 100,000 of them, and worlds are kept at
// many moments: they share one list, and each knows how much of it was there. What comes stands behind that; only where two worlds go
// different ways is the list copied.

import type { ContextId } from '../../runtime/protocol'

export class Children implements Iterable<ContextId> {
  static readonly none = new Children([], 0)

  private constructor(
    private readonly list: ContextId[],
    readonly length: number,
  ) {}

  static of(contexts: readonly ContextId[]): Children {
    return contexts.length === 0 ? Children.none : new Children([...contexts], contexts.length)
  }

  /** With one more. */
  with(context: ContextId): Children {
    const { list, length } = this
    if (length === 0) return new Children([context], 1)
    // Who replays what is known finds it there.
    if (list[length] === context) return new Children(list, length + 1)
    const own = length === list.length ? list : list.slice(0, length)
    own.push(context)
    return new Children(own, length + 1)
  }

  at(index: number): ContextId | undefined {
    return index < this.length ? this.list[index] : undefined
  }

  /** The newest `most`. */
  newest(most: number): ContextId[] {
    return this.list.slice(Math.max(0, this.length - most), this.length)
  }

  /** Whether they come in the order of their numbers. */
  get isAscending(): boolean {
    for (let index = 1; index < this.length; index++) {
      if ((this.list[index] ?? 0) <= (this.list[index - 1] ?? 0)) return false
    }
    return true
  }

  /** How many of these `earlier` has, too, in the same order, if others of it are passed over. What is one list is not looked at. */
  after(earlier: Children): number {
    if (this.list === earlier.list) return Math.min(this.length, earlier.length)
    let count = 0
    for (let index = 0; index < earlier.length && count < this.length; index++) {
      if (this.list[count] === earlier.list[index]) count++
    }
    return count
  }

  *[Symbol.iterator](): Generator<ContextId> {
    for (let index = 0; index < this.length; index++) yield this.list[index] as ContextId
  }
}
