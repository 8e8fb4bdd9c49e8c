// UV: streams, whose pieces are taken and given by somebody else than who made them.

import { deferred, same, sleep } from '../../async/cases/case'
import type { PageCases } from './page-case'
import { variable, within } from './within'

export const streams: PageCases = {
  async 'UV-04 who reads goes on in their own context, whoever lets the data flow again'() {
    const flow = deferred<ReadableStreamDefaultController<string>>()
    const stream = new ReadableStream<string>({ start: flow.resolve })
    const reading = within('inner', async () => {
      const seen: string[] = []
      const reader = stream.getReader()
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        seen.push(`${next.value} ${variable.get()}`)
      }
      return [...seen, variable.get()]
    })
    const controller = await flow.promise
    for (const chunk of ['first', 'second']) {
      await sleep(1)
      await within('resuming', () => controller.enqueue(chunk))
    }
    await within('closing', () => controller.close())
    same(await reading, ['first inner', 'second inner', 'inner'])
  },

  async 'UV-04 the source of a stream is asked for more in the context of its making, whoever reads'() {
    const seen: string[] = []
    const stream = await within('inner', () => {
      const source: UnderlyingDefaultSource<string> = {
        pull(controller) {
          seen.push(`pull ${variable.get()}`)
          variable.set('of a callback')
          controller.enqueue('chunk')
        },
        cancel: () => void seen.push(`cancel ${variable.get()}`),
      }
      return new ReadableStream(source, { highWaterMark: 0 })
    })
    const after = await within('resuming', async () => {
      const reader = stream.getReader()
      for (let i = 0; i < 2; i++) await reader.read()
      await reader.cancel()
      return variable.get()
    })
    same([...seen, after], ['pull inner', 'pull inner', 'cancel inner', 'resuming'])
  },

  async 'UV-05 who waits for a stream to take more goes on in their own context, whoever empties it'() {
    const { readable, writable } = new TransformStream<string, string>()
    const writing = within('inner', async () => {
      const seen: string[] = []
      const writer = writable.getWriter()
      for (const chunk of ['first', 'second', 'third']) {
        await writer.ready
        seen.push(variable.get())
        void writer.write(chunk)
      }
      await writer.close()
      return [...seen, variable.get()]
    })
    const read = await within('write over', async () => {
      const chunks: string[] = []
      const reader = readable.getReader()
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        chunks.push(`${next.value} ${variable.get()}`)
      }
      return chunks
    })
    same(await writing, ['inner', 'inner', 'inner', 'inner'])
    same(read, ['first write over', 'second write over', 'third write over'])
  },

  async 'UV-05 the sink of a stream is given everything in the context of its making, whoever writes, and however fast'() {
    const seen: string[] = []
    const stream = await within('inner', () => {
      const sink: UnderlyingSink<string> = {
        async write(chunk) {
          seen.push(`${chunk} ${variable.get()}`)
          await sleep(1)
          seen.push(variable.get())
          variable.set('of a callback')
        },
        close: () => void seen.push(`close ${variable.get()}`),
      }
      return new WritableStream(sink)
    })
    const after = await within('write over', async () => {
      const writer = stream.getWriter()
      for (const chunk of ['first', 'second']) void writer.write(chunk)
      await writer.close()
      return variable.get()
    })
    same([...seen, after], ['first inner', 'inner', 'second inner', 'inner', 'close inner', 'write over'])
  },
}
