// Steps that read, write and pipe streams.
//
// Left out: probes within `pull`, `transform` and `write`. The host calls them from promises of its own, and which context
// that is differs from host to host; what matters to a page is where its own reads and writes go on.

import { type Kinds, sleep } from './program-place'

const numbers = (times: number): ReadableStream<number> => {
  let next = 0
  return new ReadableStream({
    async pull(controller) {
      if (next % 2 === 1) await sleep(0)
      if (next === times) controller.close()
      else controller.enqueue(next++)
    },
  })
}

const iterable = (stream: ReadableStream<number>) => stream as unknown as AsyncIterable<number>

export const leaves = {
  async readStream(at) {
    const reader = numbers(at.n).getReader()
    for (let i = 0; ; i++) {
      const { done } = await reader.read()
      at.resumed(`read ${i}`)
      if (done) break
    }
    await reader.closed
    at.resumed('closed')
  },
  async readAhead(at) {
    const reader = numbers(3).getReader()
    await Promise.all([reader.read(), at.runIn(() => reader.read()), reader.read()])
    at.resumed('awaited')
    await reader.cancel()
    at.resumed('cancelled')
  },
  async readElsewhere(at) {
    const reader = at.runIn(() => numbers(2)).getReader()
    await at.runIn(async () => {
      const resumed = at.strand()
      await reader.read()
      resumed('read in a scope')
    })
    await reader.read()
    at.resumed('read')
  },
  async writeStream(at) {
    const writer = new WritableStream<number>({ write: () => sleep(0) }).getWriter()
    for (let i = 0; i < at.n; i++) {
      await writer.ready
      at.resumed(`ready ${i}`)
      await writer.write(i)
      at.resumed(`written ${i}`)
    }
    await writer.close()
    at.resumed('closed')
  },
  async abortPipe(at) {
    const controller = new AbortController()
    const piped = new ReadableStream().pipeTo(new WritableStream(), { signal: controller.signal })
    at.track(at.runIn(() => sleep(at.n).then(() => controller.abort())))
    try {
      await piped
    } catch {
      at.resumed('catch')
    }
  },
} satisfies Kinds

export const nests = {
  async forAwaitStream(at) {
    for await (const i of iterable(numbers(at.n))) {
      at.resumed(`body ${i}`)
      if (i === 0) await at.inside()
    }
    at.resumed('awaited')
  },
  async forAwaitStreamLeft(at) {
    for await (const i of iterable(numbers(10))) {
      at.resumed(`body ${i}`)
      await at.inside()
      if (i === 1) break
    }
    at.resumed('awaited')
  },
  async pipeThrough(at) {
    const doubled = numbers(at.n).pipeThrough(
      new TransformStream<number, number>({
        async transform(value, controller) {
          await sleep(0)
          controller.enqueue(2 * value)
        },
      }),
    )
    for await (const i of iterable(doubled)) at.resumed(`body ${i}`)
    await at.inside()
    at.resumed('awaited')
  },
  async tee(at) {
    const [left, right] = numbers(at.n).tee()
    const drain = async (stream: ReadableStream<number>, name: string) => {
      const resumed = at.strand()
      for await (const i of iterable(stream)) resumed(`${name} ${i}`)
      resumed(`${name}, done`)
    }
    await Promise.all([drain(left, 'left'), at.runIn(() => drain(right, 'right')), at.inside()])
    at.resumed('awaited')
  },
} satisfies Kinds
