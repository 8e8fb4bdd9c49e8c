// ogx-ai/ogx#5221: a worker that is made by the first request that needs it keeps that request's user for good, and writes everybody's
// rows as theirs.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask, type Task } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const providerData = new ContextVar('PROVIDER_DATA_VAR', { default: 'nobody' })

class Store {
  readonly #queue: string[] = []
  readonly owners: string[] = []
  worker: Task<void> | undefined

  constructor(private readonly context?: Context) {}

  write(row: string) {
    this.#queue.push(row)
    this.worker ??= createTask(() => this.#work(), { name: 'writer', ...(this.context && { context: this.context }) })
  }

  async #work() {
    while (this.owners.length < 2) {
      await sleep()
      if (this.#queue.shift() !== undefined) this.owners.push(providerData.get())
    }
  }
}

const request = (user: string, store: Store) =>
  createTask(async () => {
    const token = providerData.set(user)
    store.write('row')
    await sleep()
    providerData.reset(token)
  }).result

async function twoRequests(store: Store) {
  await request('ada', store)
  await request('grace', store)
  await store.worker?.result
  return store.owners
}

export const asReported: Program = {
  run: async () => {
    const owners = await twoRequests(new Store())
    if (owners[1] !== 'ada') throw new Error('nothing leaked')
  },
  finds: [],
  // That it works for others, and not to finish what its maker began, is no fact, so it is told to who asks.
  findsOnRequest: [
    {
      severity: 'info',
      rule: 'outlived-value',
      lines: [
        'const token = providerData.set(user)',
        "this.worker ??= createTask(() => this.#work(), { name: 'writer', ...(this.context && { context: this.context }) })",
        'providerData.reset(token)',
        'const token = providerData.set(user)',
      ],
    },
  ],
}

export const mended: Program = { run: () => twoRequests(new Store(new Context())), finds: [] }
