// A pool of workers behind ports that carry contexts: each job runs over there for whoever asked, and answers are kept apart by number.

import { ContextVar, registerContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { carryContext } from 'contextvars-devtools/worker'
import { type Program, sleep } from '../program'

const tenant = new ContextVar<string>('tenant', { default: 'nobody' })
const priority = new ContextVar('priority', { default: 0 })
const names = { __name__: 'clean.pool', tenant, priority }
registerContextVar(tenant, names)
registerContextVar(priority, names)

interface Job {
  id: number
  kind: string
  input: number
}
interface Answer {
  id: number
  result?: string
  error?: string
}

/** What a worker's script does with its end of the port. */
function work(port: MessagePort): void {
  const carried = carryContext(port)
  carried.onmessage = async ({ data }: MessageEvent<Job>) => {
    const { id, kind, input } = data
    try {
      carried.postMessage({ id, result: await compute(kind, input) } satisfies Answer)
    } catch (error) {
      carried.postMessage({ id, error: String(error) } satisfies Answer)
    }
  }
}

async function compute(kind: string, input: number): Promise<string> {
  await sleep(input)
  if (kind === 'fail') throw new Error(`${tenant.get()} asked for too much`)
  return `${kind} ${input} for ${tenant.get()} (${priority.get()})`
}

class Pool {
  readonly #ports: MessagePort[] = []
  readonly #waiting = new Map<number, PromiseWithResolvers<string>>()
  #jobs = 0

  constructor(size: number) {
    for (let n = 0; n < size; n++) {
      const { port1, port2 } = new MessageChannel()
      work(port2)
      const port = carryContext(port1)
      port.onmessage = ({ data }: MessageEvent<Answer>) => this.#settle(data)
      this.#ports.push(port)
    }
  }

  run(kind: string, input: number): Promise<string> {
    const id = ++this.#jobs
    const waiting = withResolvers<string>()
    this.#waiting.set(id, waiting)
    this.#ports[id % this.#ports.length]?.postMessage({ id, kind, input } satisfies Job)
    return waiting.promise
  }

  #settle({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (result !== undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error))
  }

  close(): void {
    for (const port of this.#ports) port.close()
  }
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>
  resolve: (value: T) => void
  reject: (reason: unknown) => void
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

async function customer(pool: Pool, name: string, kinds: string[]): Promise<string[]> {
  using _ = tenant.set(name)
  const results: string[] = []
  for (const [index, kind] of kinds.entries()) {
    using _ = priority.set(index + 1)
    results.push(await pool.run(kind, index).catch((error: Error) => error.message))
  }
  results.push(`${tenant.get()} (${priority.get()})`)
  return results
}

export const program: Program = {
  async run() {
    const pool = new Pool(2)
    try {
      const answers = await gather(
        () => customer(pool, 'acme', ['resize', 'crop']),
        () => customer(pool, 'ajax', ['fail', 'resize']),
      )
      return [...answers, await createTask(() => pool.run('sweep', 1)).result]
    } finally {
      pool.close()
    }
  },
  comesTo: [
    ['resize 0 for acme (1)', 'crop 1 for acme (2)', 'acme (0)'],
    ['Error: ajax asked for too much', 'resize 1 for ajax (2)', 'ajax (0)'],
    'sweep 1 for nobody (0)',
  ],
}
