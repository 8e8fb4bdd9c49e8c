// UV: what lives long keeps the context of its making. uvloop's protocols and transports are here XMLHttpRequest, WebSocket,
// EventSource and streams.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { deferred, same, sleep } from '../../async/cases/case'
import type { PageCases } from './page-case'

const variable = new ContextVar<string>('variable', { default: 'outer' })

const within = <T>(name: string, body: () => T | Promise<T>): Promise<T> =>
  createTask(() => {
    variable.set(name)
    return body()
  }).result

/** Listens to all of these, and notes in which context each is told; resolves at the last. */
function listen(target: EventTarget, types: readonly string[], then: (event: Event) => void = () => {}) {
  const seen = new Map<string, string>()
  const { promise, resolve } = deferred<unknown[]>()
  for (const type of types) {
    target.addEventListener(type, (event) => {
      seen.set(type, variable.get())
      variable.set('of a listener')
      then(event)
      if (seen.size === types.length) resolve([...seen].flat())
    })
  }
  return promise
}

const all = (types: readonly string[], name: string): string[] => types.flatMap((type) => [type, name])

const request = (path: string): XMLHttpRequest => {
  const made = new XMLHttpRequest()
  made.open('GET', path)
  return made
}

export const connections: PageCases = {
  async 'UV-01 what is made when a connection opens is made in the context that asked for the connection'({ sockets }) {
    const made = deferred<string>()
    await within('inner', () => {
      const socket = new WebSocket(sockets)
      socket.onopen = () => made.resolve(variable.get())
      variable.set('set later')
    })
    same(await made.promise, 'inner')
  },

  async 'UV-02 a socket opens, tells and closes in the context of its making'({ sockets }) {
    const types = ['open', 'message', 'close']
    const seen = await within('inner', () => {
      const socket = new WebSocket(sockets)
      return listen(socket, types, ({ type }) => {
        if (type === 'open') socket.send('text')
        if (type === 'message') socket.close()
      })
    })
    same(seen, all(types, 'inner'))
  },

  async 'UV-02 a source of events opens, tells and fails in the context of its making'() {
    const types = ['open', 'message', 'error']
    const seen = await within('inner', () => {
      const source = new EventSource('/events')
      return listen(source, types, ({ type }) => type === 'error' && source.close())
    })
    same(seen, all(types, 'inner'))
  },

  async 'UV-02 a request tells everything in the context of its making'() {
    const types = ['loadstart', 'readystatechange', 'progress', 'load', 'loadend']
    const made = within('inner', () => {
      const asked = request('/trickle')
      return { asked, seen: listen(asked, types) }
    })
    const { asked, seen } = await made
    await within('sending', () => asked.send())
    same((await seen).toSorted(), all(types, 'inner').toSorted())
  },

  async 'UV-03 who closes a connection does not lend it their context'({ sockets }) {
    const made = await within('inner', async () => {
      const socket = new WebSocket(sockets)
      await new Promise((resolve) => socket.addEventListener('open', resolve))
      return { socket, seen: listen(socket, ['close']) }
    })
    await within('closing', () => made.socket.close())
    same(await made.seen, ['close', 'inner'])
  },

  async 'UV-03 who aborts a request, or a signal, does not lend it their context'() {
    const types = ['abort', 'loadend']
    const made = await within('inner', () => {
      const asked = request('/trickle')
      const controller = new AbortController()
      asked.send()
      return { asked, controller, seen: [listen(asked, types), listen(controller.signal, ['abort'])] }
    })
    const after = await within('closing', () => {
      made.asked.abort()
      made.controller.abort()
      return variable.get()
    })
    same(after, 'closing')
    same(await Promise.all(made.seen), [all(types, 'inner'), ['abort', 'inner']])
  },

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

  async 'UV-04 a socket tells in the context of its making, whoever makes it talk'({ sockets }) {
    const made = await within('inner', async () => {
      const socket = new WebSocket(sockets)
      await new Promise((resolve) => socket.addEventListener('open', resolve))
      return { socket, seen: listen(socket, ['message']) }
    })
    await within('resuming', () => made.socket.send('text'))
    same(await made.seen, ['message', 'inner'])
    made.socket.close()
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
