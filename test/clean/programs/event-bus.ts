// A bus: publishers do not know who listens; a subscriber runs for the publisher, or for itself where it was wrapped; handlers that
// publish know how deep they are.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask, wrap } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

interface Message {
  topic: string
  payload: unknown
}

const sender = new ContextVar<string>('sender', { default: 'system' })
const depth = new ContextVar('busDepth', { default: 0 })
const moduleName = new ContextVar<string>('moduleName', { default: 'main' })

const MOST = 3

class Bus {
  readonly #handlers = new Map<string, Set<(message: Message) => unknown>>()

  subscribe(topic: string, handler: (message: Message) => unknown): () => void {
    const handlers = this.#handlers.get(topic) ?? new Set()
    this.#handlers.set(topic, handlers)
    handlers.add(handler)
    return () => void handlers.delete(handler)
  }

  /** Each handler in a copy, so that none is in another's way; resolves when all have settled. */
  async publish(topic: string, payload: unknown): Promise<number> {
    if (depth.get() >= MOST) throw new Error(`${topic}: published in circles`)
    using _ = depth.set(depth.get() + 1)
    const handlers = [...(this.#handlers.get(topic) ?? [])]
    const outcomes = await Promise.allSettled(
      handlers.map((handler) => copyContext().run(async () => handler({ topic, payload }))),
    )
    return outcomes.filter(({ status }) => status === 'rejected').length
  }
}

const bus = new Bus()
const seen: string[] = []
const see = (what: string) => seen.push(`${moduleName.get()}: ${what} from ${sender.get()} at ${depth.get()}`)

/** Modules are started one after the other, each with its name for what it begins. */
function startModule(name: string, start: () => void): void {
  const token = moduleName.set(name)
  try {
    start()
  } finally {
    moduleName.reset(token)
  }
}

function startStock(): void {
  bus.subscribe('order', async ({ payload }) => {
    see(`order ${payload}`)
    await sleep()
    await bus.publish('stock', `less ${payload}`)
  })
}

function startMail(): void {
  bus.subscribe(
    'stock',
    wrap(({ payload }: Message) => see(`stock ${payload}`)),
  )
  const stop = bus.subscribe('stock', () => {
    see('only once')
    stop()
  })
}

function startAudit(): void {
  const audit = copyContext()
  // The audit is its own sender, whoever publishes.
  audit.run(() => sender.set('audit'))
  bus.subscribe('order', ({ payload }) => audit.run(() => see(`filed ${payload}`)))
  bus.subscribe('loop', () => bus.publish('loop', null))
}

async function customer(name: string, article: string): Promise<void> {
  using _ = sender.set(name)
  await bus.publish('order', article)
}

export const program: Program = {
  async run() {
    startModule('stock', startStock)
    startModule('mail', startMail)
    startModule('audit', startAudit)
    await createTask(() => customer('Ada', 'tea')).result
    await createTask(() => customer('Bob', 'milk')).result
    const failed = await bus.publish('loop', null)
    return { seen, failed }
  },
  setsForGood: ['sender'],
  comesTo: {
    seen: [
      'main: order tea from Ada at 1',
      'audit: filed tea from audit at 0',
      'mail: stock less tea from system at 0',
      'main: only once from Ada at 2',
      'main: order milk from Bob at 1',
      'audit: filed milk from audit at 0',
      'mail: stock less milk from system at 0',
    ],
    failed: 0,
  },
}
