// A cache that answers with what is stale and fetches anew behind: the work behind is nobody's request, so it begins where nothing is set.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const visitor = new ContextVar<string>('visitor', { default: 'background' })
const bypass = new ContextVar('bypass', { default: false })

interface Entry<T> {
  value: T
  fetched: number
  refreshing: Promise<void> | null
}

class Cache<T> {
  readonly #entries = new Map<string, Entry<T>>()
  readonly #pending = new Map<string, Promise<T>>()
  clock = 0

  constructor(
    readonly fetch: (key: string) => Promise<T>,
    readonly freshFor: number,
  ) {}

  async get(key: string): Promise<T> {
    const entry = this.#entries.get(key)
    if (entry === undefined || bypass.get()) return this.#load(key)
    if (this.clock - entry.fetched >= this.freshFor) this.#refresh(key, entry)
    return entry.value
  }

  /** Who comes second waits for the first. */
  #load(key: string): Promise<T> {
    const pending = this.#pending.get(key)
    if (pending !== undefined) return pending
    const loading = this.#fetched(key).finally(() => this.#pending.delete(key))
    this.#pending.set(key, loading)
    return loading
  }

  async #fetched(key: string): Promise<T> {
    const value = await this.fetch(key)
    this.#entries.set(key, { value, fetched: this.clock, refreshing: null })
    return value
  }

  #refresh(key: string, entry: Entry<T>): void {
    if (entry.refreshing !== null) return
    const task = createTask(() => this.#fetched(key), { name: `refresh ${key}`, context: new Context() })
    entry.refreshing = task.result.then(
      () => {},
      () => {
        // What is stale stays until it can be had.
        entry.refreshing = null
      },
    )
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ refreshing }) => refreshing))
  }
}

const fetches: string[] = []
let isDown = false
let version = 0

async function fetchProfile(key: string): Promise<string> {
  const by = visitor.get()
  await sleep(2)
  fetches.push(`${key} for ${by}, still ${visitor.get()}`)
  if (isDown) throw new Error('down')
  return `${key} v${++version}`
}

async function visit(cache: Cache<string>, name: string, keys: string[]): Promise<string[]> {
  using _ = visitor.set(name)
  return await Promise.all(keys.map((key) => cache.get(key)))
}

async function editor(cache: Cache<string>): Promise<string> {
  using _ = visitor.set('editor')
  const before = await cache.get('ada')
  const token = bypass.set(true)
  try {
    return `${before}, then ${await cache.get('ada')}`
  } finally {
    bypass.reset(token)
  }
}

export const program: Program = {
  async run() {
    const cache = new Cache(fetchProfile, 10)
    const seen: unknown[] = []
    const visits = async (...works: (() => Promise<unknown>)[]) =>
      void seen.push(await Promise.all(works.map((work) => createTask(work).result)))
    await visits(
      () => visit(cache, 'Ada', ['ada', 'bob']),
      () => visit(cache, 'Bob', ['ada']),
    )
    cache.clock = 20
    await visits(() => visit(cache, 'Eve', ['ada', 'ada']))
    await cache.settled()
    await visits(() => visit(cache, 'Eve', ['ada']))
    isDown = true
    cache.clock = 40
    await visits(() => visit(cache, 'Zoe', ['bob']))
    await cache.settled()
    isDown = false
    await visits(() => editor(cache))
    return { seen, fetches }
  },
  comesTo: {
    seen: [
      [['ada v1', 'bob v2'], ['ada v1']],
      [['ada v1', 'ada v1']],
      [['ada v3']],
      [['bob v2']],
      ['ada v3, then ada v5'],
    ],
    fetches: [
      'ada for Ada, still Ada',
      'bob for Ada, still Ada',
      'ada for background, still background',
      'bob for background, still background',
      'ada for background, still background',
      'ada for editor, still editor',
    ],
  },
}
