// Streams: a source by pages, steps that are async generators, a reader that stops early; each strand reads with its own account.

import { ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

interface Account {
  name: string
  limit: number
}

const account = new ContextVar<Account>('account')
const batch = new ContextVar('batch', { default: 0 })
const calls: string[] = []

async function fetchPage(number: number): Promise<number[]> {
  await sleep()
  calls.push(`${account.get().name} page ${number}`)
  return number >= 3 ? [] : [0, 1, 2].map((index) => number * 10 + index)
}

/** What it sets holds only while a page is fetched: nothing stands across a `yield`. */
async function* rows(): AsyncGenerator<number, void> {
  for (let number = 0; ; number++) {
    const page = await inBatch(number, () => fetchPage(number))
    if (page.length === 0) return
    for (const row of page) yield row
  }
}

async function inBatch<T>(number: number, work: () => Promise<T>): Promise<T> {
  const token = batch.set(number)
  try {
    return await work()
  } finally {
    batch.reset(token)
  }
}

async function* only<T>(source: AsyncIterable<T>, isWanted: (value: T) => boolean): AsyncGenerator<T, void> {
  for await (const value of source) if (isWanted(value)) yield value
}

async function* enriched(source: AsyncIterable<number>): AsyncGenerator<string, void> {
  for await (const row of source) {
    await sleep(0)
    yield `${row} of ${account.get().name}`
  }
}

async function* first<T>(source: AsyncIterable<T>, count: number): AsyncGenerator<T, void> {
  let left = count
  for await (const value of source) {
    yield value
    if (--left === 0) return
  }
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const value of source) found.push(value)
  return found
}

async function report(who: Account): Promise<string[]> {
  using _ = account.set(who)
  const even = only(rows(), (row) => row % 2 === 0)
  return await collect(first(enriched(even), who.limit))
}

/** The same as a stream of the platform, whose `pull` is called for whoever reads. */
function streamed(who: Account): ReadableStream<string> {
  const source = report(who)
  let index = 0
  return new ReadableStream({
    async pull(controller) {
      const value = (await source)[index++]
      if (value === undefined) controller.close()
      else controller.enqueue(value)
    },
  })
}

async function readAll(stream: ReadableStream<string>): Promise<string[]> {
  const reader = stream.getReader()
  const found: string[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return found
    found.push(value)
  }
}

export const program: Program = {
  async run() {
    const [ada, bob, eve] = await gather(
      () => report({ name: 'Ada', limit: 2 }),
      () => report({ name: 'Bob', limit: 100 }),
      () => createTask(() => readAll(streamed({ name: 'Eve', limit: 3 }))),
    )
    return { ada, bob: bob.length, eve: await eve.result, calls: calls.length, batch: batch.get() }
  },
  comesTo: {
    ada: ['0 of Ada', '2 of Ada'],
    bob: 6,
    eve: ['0 of Eve', '2 of Eve', '10 of Eve'],
    calls: 7,
    batch: 0,
  },
}
