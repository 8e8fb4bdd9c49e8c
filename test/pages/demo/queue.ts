// What waits to be taken, in order. Taking from an empty queue waits for the next to come.

export class Queue<T> {
  readonly #items: T[] = []
  readonly #takers: ((item: T) => void)[] = []

  put(item: T): void {
    const taker = this.#takers.shift()
    if (taker === undefined) this.#items.push(item)
    else taker(item)
  }

  async take(): Promise<T> {
    const item = this.#items.shift()
    return item ?? new Promise((resolve) => this.#takers.push(resolve))
  }
}
