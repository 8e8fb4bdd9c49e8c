// What is called when a task is done. As asyncio does it: each in a context of its own, soon after and never at once, in the order
// in which they were added.

import type { Boundary } from '../context/tap'
import { type CallOptions, type Handle, handleFor, soon } from './handle'

export class DoneCallbacks {
  /** Null once the task is done. */
  #waiting: { fn: unknown; handle: Handle }[] | null = []

  /** `call` calls `fn`, by which it can be removed again. */
  add(fn: unknown, call: () => void, options: CallOptions, boundary: Boundary): void {
    const handle = handleFor('addDoneCallback', fn, call, options, boundary)
    if (this.#waiting === null) soon(handle)
    else this.#waiting.push({ fn, handle })
  }

  /** Answers how many were removed. */
  remove(fn: unknown): number {
    const before = this.#waiting ?? []
    const kept = before.filter((waiting) => waiting.fn !== fn)
    if (this.#waiting !== null) this.#waiting = kept
    return before.length - kept.length
  }

  /** The task is done. */
  schedule(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const { handle } of waiting) soon(handle)
  }
}
