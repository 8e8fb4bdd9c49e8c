// UV: what lives long keeps the context of its making. uvloop's protocols and transports are here XMLHttpRequest, WebSocket
// and EventSource.

import { deferred, same } from '../../async/cases/case'
import type { PageCases } from './page-case'
import { variable, within } from './within'

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
}
