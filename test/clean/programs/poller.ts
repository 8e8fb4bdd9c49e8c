// A dashboard that polls: one timer for all its tiles, each tile with its own source, errors that slow it down, and an end.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const tile = new ContextVar<string>('tile')
const dashboard = new ContextVar<string>('dashboard', { default: 'none' })

type Source = () => Promise<number>

const sources: Record<string, Source> = {
  async orders() {
    await sleep()
    return tile.get().length
  },
  async errors() {
    await sleep()
    throw new Error(`${tile.get()} of ${dashboard.get()} cannot be had`)
  },
}

class Tile {
  readonly values: (number | string)[] = []
  #skip = 0
  isBusy = false

  constructor(readonly name: string) {}

  async update(): Promise<void> {
    if (this.isBusy || this.#skip-- > 0) return
    this.isBusy = true
    using _ = tile.set(this.name)
    try {
      this.values.push((await sources[this.name]?.()) ?? Number.NaN)
    } catch (error) {
      this.values.push(String(error))
      this.#skip = 1
    } finally {
      this.isBusy = false
    }
  }
}

class Poller {
  readonly #tiles = new Set<Tile>()
  #timer: ReturnType<typeof setInterval> | undefined

  /** The timer works for all, so it begins where nothing is set. */
  add(one: Tile): () => void {
    this.#tiles.add(one)
    this.#timer ??= new Context().run(() => setInterval(() => this.#tick(), 2))
    return () => {
      this.#tiles.delete(one)
      if (this.#tiles.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  get isRunning(): boolean {
    return this.#timer !== undefined
  }

  #tick(): void {
    for (const one of this.#tiles) createTask(() => one.update(), { name: `update ${one.name}` })
  }
}

const poller = new Poller()

async function open(name: string, tiles: string[], updates: number): Promise<(number | string)[][]> {
  const token = dashboard.set(name)
  const shown = tiles.map((one) => new Tile(one))
  const removers = shown.map((one) => poller.add(one))
  try {
    // Its own clock, for as long as it is open.
    let seconds = 0
    const clock = setInterval(() => {
      if (dashboard.get() === name) seconds++
    }, 1)
    while (shown.some(({ values }) => values.length < updates) || seconds === 0) await sleep()
    clearInterval(clock)
    return shown.map(({ values }) => values.slice(0, updates))
  } finally {
    for (const remove of removers) remove()
    dashboard.reset(token)
  }
}

export const program: Program = {
  async run() {
    const [one, two] = await Promise.all([
      createTask(() => open('desk', ['orders'], 1)).result,
      createTask(() => open('shop', ['orders', 'errors'], 4)).result,
    ])
    await sleep(5)
    const again = await createTask(() => open('shop', ['orders'], 2)).result
    await sleep(5)
    return { one, two, again, isRunning: poller.isRunning }
  },
  comesTo: {
    one: [[6]],
    two: [[6, 6, 6, 6], Array(4).fill('Error: errors of none cannot be had')],
    again: [[6, 6]],
    isRunning: false,
  },
}
