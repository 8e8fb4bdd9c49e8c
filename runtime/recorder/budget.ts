// The part of the page's time that stacks may take: a debt that what they take adds to, and that time pays back. A short burst is
// granted; who goes on like that is in debt by more than a second's share.

/** Milliseconds whose share may be taken at once. */
const WINDOW = 1000

export class Budget {
  /** From 0 to 1; 1 is no limit. */
  share: number
  #debt = 0
  #paid = 0

  constructor(share: number) {
    this.share = share
  }

  /** To be told of what stacks took, in milliseconds. */
  spend(cost: number, at: number): void {
    this.#debt = this.#left(at) + cost
    this.#paid = at
  }

  overdrawn(at: number): boolean {
    return this.share < 1 && this.#left(at) > this.share * WINDOW
  }

  /** Half of a debt is let off: what is done about it shows in a while. */
  letOff(): void {
    this.#debt /= 2
  }

  #left(at: number): number {
    return Math.max(0, this.#debt - (at - this.#paid) * this.share)
  }
}
