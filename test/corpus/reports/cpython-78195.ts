// python/cpython#78195 (langchain#15329, temporal#263): what is handed to an executor runs without the context of who handed it over. A pool
// in a page is such an executor: its loop was started long before, elsewhere.

import { ContextVar } from 'contextvars-devtools'
import { createTask, wrap } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const requestId = new ContextVar<string>('request_id')

class Pool {
  readonly #jobs: (() => void)[] = []
  readonly worker = createTask(() => this.#work(), { name: 'pool' })

  submit(job: () => void) {
    this.#jobs.push(job)
  }

  async #work() {
    while (this.#jobs.length === 0) await sleep()
    for (const job of this.#jobs) job()
  }
}

const job = () => {
  requestId.get()
}

async function request(pool: Pool, submitted: () => () => void) {
  const token = requestId.set('4711')
  pool.submit(submitted())
  await sleep(10)
  requestId.reset(token)
}

async function served(submitted: () => () => void) {
  const pool = new Pool()
  await Promise.all([pool.worker.result, createTask(() => request(pool, submitted), { name: 'request' }).result])
}

export const asReported: Program = {
  run: async () => {
    await refused(() => served(() => job), /LookupError/)
    await sleep(20)
  },
  finds: [
    {
      severity: 'error',
      rule: 'lookup-without-value',
      lines: [
        "readonly worker = createTask(() => this.#work(), { name: 'pool' })",
        "const token = requestId.set('4711')",
        'requestId.get()',
      ],
      says: 'Elsewhere it had been set, in task request',
    },
  ],
}

export const mended: Program = { run: () => served(() => wrap(job)), finds: [] }
