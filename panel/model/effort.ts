// How much one judgement may look at. Some questions climb from a context to its root, or walk all sets of a variable: honest
// recordings ask few of them, and one that was made up may ask any number. What is left when the effort is spent is not judged,
// and the verdict says so.

import { MOST_STEPS } from './limits'

export class Effort {
  #left = MOST_STEPS

  get isSpent(): boolean {
    return this.#left <= 0
  }

  /** Steps that are taken, or about to be. */
  spend(steps: number): void {
    this.#left -= steps
  }
}
