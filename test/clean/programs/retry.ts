// Retries: an attempt knows its number and its deadline wherever it asks, pauses grow, a signal ends it all.

import { ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { failure, type Program, sleep } from '../program'

interface Attempt {
  number: number
  of: number
}

const attempt = new ContextVar<Attempt | null>('attempt', { default: null })
const deadline = new ContextVar('deadline', { default: Number.POSITIVE_INFINITY })
const cancellation = new ContextVar<AbortSignal | null>('cancellation', { default: null })

interface Policy {
  attempts: number
  pause: number
  isFinal?: (error: unknown) => boolean
}

async function retried<T>(work: () => Promise<T>, { attempts, pause, isFinal = () => false }: Policy): Promise<T> {
  for (let number = 1; ; number++) {
    cancellation.get()?.throwIfAborted()
    const token = attempt.set({ number, of: attempts })
    try {
      return await work()
    } catch (error) {
      if (number === attempts || isFinal(error)) throw error
    } finally {
      attempt.reset(token)
    }
    await pausing(pause * 2 ** (number - 1))
  }
}

/** As long as asked, or until nobody wants it any more. */
function pausing(delay: number): Promise<void> {
  const signal = cancellation.get()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, delay)
    function done() {
      signal?.removeEventListener('abort', aborted)
      resolve()
    }
    function aborted() {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', aborted, { once: true })
  })
}

async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  using _ = deadline.set(Math.min(deadline.get(), performance.now() + milliseconds))
  return await work()
}

async function cancellable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const token = cancellation.set(signal)
  try {
    return await work()
  } finally {
    cancellation.reset(token)
  }
}

const served = new Map<string, number>()

/** Fails so often as its address says. */
async function fetchPart(url: string): Promise<string> {
  await sleep()
  if (performance.now() > deadline.get()) throw new Error(`${url}: too late`)
  const times = (served.get(url) ?? 0) + 1
  served.set(url, times)
  const now = attempt.get()
  if (times <= Number(/\d+/.exec(url)?.[0] ?? 0)) throw new Error(`${url}: 503 at ${now?.number} of ${now?.of}`)
  return `${url} at ${now?.number ?? 'once'}`
}

const policy: Policy = { attempts: 3, pause: 1 }

async function wholePage(name: string): Promise<string[]> {
  return gather(
    () => retried(() => fetchPart(`${name}-0`), policy),
    () => retried(() => fetchPart(`${name}-2`), policy),
  )
}

export const program: Program = {
  async run() {
    const controller = new AbortController()
    const pages = await gather(
      () => within(10_000, () => wholePage('news')),
      () => within(10_000, () => wholePage('shop')),
    )
    const broken = await failure(() => retried(() => fetchPart('down-9'), policy))
    const final = await failure(() => retried(() => fetchPart('gone-8'), { ...policy, isFinal: () => true }))
    const endless = createTask(() =>
      cancellable(controller.signal, () => retried(() => fetchPart('slow-7'), { attempts: 9, pause: 1_000 })),
    )
    setTimeout(() => controller.abort(new Error('nobody waits')), 5)
    const aborted = await failure(() => endless.result)
    const late = await failure(() => within(-1, () => fetchPart('late-0')))
    return { pages, broken, final, aborted, late, after: await fetchPart('plain-0') }
  },
  comesTo: {
    pages: [
      ['news-0 at 1', 'news-2 at 3'],
      ['shop-0 at 1', 'shop-2 at 3'],
    ],
    broken: 'down-9: 503 at 3 of 3',
    final: 'gone-8: 503 at 1 of 3',
    aborted: 'nobody waits',
    late: 'late-0: too late',
    after: 'plain-0 at once',
  },
}
