// A logger whose lines carry a correlation id and fields, over awaits, timers, events and what is thrown; nobody passes them on.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { callLater, createTask, wrap } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

type Fields = Readonly<Record<string, string | number>>

const correlation = new ContextVar<string | null>('correlation', { default: null })
const fields = new ContextVar<Fields>('fields', { default: {} })
const level = new ContextVar<'debug' | 'info'>('level', { default: 'info' })

const lines: string[] = []

const log = {
  write(text: string) {
    const more = Object.entries(fields.get()).map(([name, value]) => ` ${name}=${value}`)
    lines.push(`[${correlation.get() ?? 'none'}] ${text}${more.join('')}`)
  },
  info(text: string) {
    this.write(text)
  },
  debug(text: string) {
    if (level.get() === 'debug') this.write(text)
  },
}

/** For the rest of the block. */
const withFields = (more: Fields) => fields.set({ ...fields.get(), ...more })

/** As `fetch` is wrapped: the id travels in a header. */
async function request(url: string): Promise<{ headers: Record<string, string> }> {
  const headers: Record<string, string> = {}
  const id = correlation.get()
  if (id !== null) headers['x-correlation-id'] = id
  log.debug(`request ${url}`)
  await sleep()
  return { headers }
}

/** Of the application's own making: who listens runs for who emits, and in a task, beside what that does next. */
const listeners: ((article: string) => unknown)[] = [
  (article) => {
    using _ = withFields({ listener: 'stock' })
    log.info(`reserve ${article}`)
  },
  async (article) => {
    await sleep()
    log.info(`mail about ${article}`)
  },
]

/** An event of the host's, to which the page listens from its start. */
const clicks = new EventTarget()
clicks.addEventListener('click', () => log.info('click'))

async function placeOrder(article: string): Promise<string> {
  using _ = withFields({ article })
  log.info('begin')
  const { headers } = await request('/orders')
  for (const listener of listeners) createTask(() => listener(article), { name: 'placed' })
  for (let attempt = 1; attempt <= 2; attempt++) {
    using _ = withFields({ attempt })
    await sleep()
    log.debug('poll')
  }
  callLater(3, () => log.info('reminder'))
  return headers['x-correlation-id'] ?? 'none'
}

async function handle(id: string, article: string): Promise<string> {
  const token = correlation.set(id)
  try {
    if (article === '') throw new Error('no article')
    return await placeOrder(article)
  } catch (error) {
    log.info(`failed: ${error}`)
    return 'failed'
  } finally {
    correlation.reset(token)
  }
}

/** Somebody looks closer at one customer. */
const verbosely = <T>(work: () => T): T =>
  copyContext().run(() => {
    level.set('debug')
    return work()
  })

export const program: Program = {
  async run() {
    const flush = wrap(() => log.info('flushed'))
    const sent = await Promise.all([
      createTask(() => handle('a', 'tea')).result,
      createTask(() => verbosely(() => handle('b', 'milk'))).result,
      createTask(() => handle('c', '')).result,
    ])
    await sleep(8)
    flush()
    clicks.dispatchEvent(new Event('click'))
    return { sent, lines: lines.sort() }
  },
  setsForGood: ['level'],
  comesTo: {
    sent: ['a', 'b', 'failed'],
    lines: [
      '[a] begin article=tea',
      '[a] mail about tea article=tea',
      '[a] reminder article=tea',
      '[a] reserve tea article=tea listener=stock',
      '[b] begin article=milk',
      '[b] mail about milk article=milk',
      '[b] poll article=milk attempt=1',
      '[b] poll article=milk attempt=2',
      '[b] reminder article=milk',
      '[b] request /orders article=milk',
      '[b] reserve milk article=milk listener=stock',
      '[c] failed: Error: no article',
      '[none] click',
      '[none] flushed',
    ],
  },
}
