// Messages that bring their sender's context along, over real channels: a MessageChannel as the web has it, and a thread of Node's.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { AttributeError, Context, ContextReducer, ContextVar, copyContext, ValueError } from '../../runtime'
import { carryContext } from '../../runtime/reducer/worker'
import { root } from '../../scripts/steps.mjs'

const user = new ContextVar<string>('user')
const secret = new ContextVar<string>('secret')
const reducer = new ContextReducer({ factoryIsCopyContext: true })
reducer.registerContextVar(user, { __name__: 'shop', user })

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

function channel() {
  const { port1, port2 } = new MessageChannel()
  ends.push(
    () => port1.close(),
    () => port2.close(),
  )
  return {
    plain: [port1, port2] as const,
    here: carryContext(port1, { reducer }),
    there: carryContext(port2, { reducer }),
  }
}

/** What the next message says, and what its listener sees. */
const heard = (port: MessagePort) =>
  new Promise((resolve) => {
    const hear = ({ data }: MessageEvent) => resolve([data, user.get('nobody'), secret.get('not here')])
    port.addEventListener('message', hear, { once: true })
    port.start()
  })

test('a message runs its listener with the sender’s values of what is registered, and no others', async () => {
  const { here, there } = channel()
  const answer = heard(there)
  new Context().run(() => {
    user.set('Ada')
    secret.set('hush')
    here.postMessage({ order: 'tea' })
  })
  expect(await answer).toEqual([{ order: 'tea' }, 'Ada', 'not here'])
  expect(user.get('nobody')).toBe('nobody')
})

test('each message has the context in which it was posted, both ways, and each listener one of its own', async () => {
  const { here, there } = channel()
  there.onmessage = ({ data }) => {
    const before = user.get('nobody')
    user.set(`${before}, served`)
    there.postMessage(`${data} for ${before}`)
  }
  const seen: string[] = []
  const both = new Promise<void>((resolve) => {
    here.onmessage = ({ data }) => {
      seen.push(`${data}: ${user.get('nobody')}`)
      if (seen.length === 3) resolve()
    }
  })
  for (const name of ['Ada', 'Grace', null]) {
    new Context().run(() => {
      if (name !== null) user.set(name)
      here.postMessage('tea')
    })
  }
  await both
  expect(seen).toEqual(['tea for Ada: Ada, served', 'tea for Grace: Grace, served', 'tea for nobody: nobody, served'])
})

test('several listeners hear the same message, a `handleEvent` among them, and what one sets no other sees', async () => {
  const { here, there } = channel()
  const seen: unknown[] = []
  const look = ({ data }: MessageEvent) => {
    seen.push([data, user.get()])
    user.set('somebody else')
  }
  there.addEventListener('message', look)
  there.addEventListener('message', look)
  there.addEventListener('message', { handleEvent: look })
  const last = heard(there)
  new Context().run(() => {
    user.set('Ada')
    here.postMessage('tea')
  })
  expect(await last).toEqual(['tea', 'Ada', 'not here'])
  expect(seen).toEqual([
    ['tea', 'Ada'],
    ['tea', 'Ada'],
  ])
})

test('a listener is removed by the function that was added', async () => {
  const { here, there } = channel()
  const seen: string[] = []
  const never = () => seen.push('never')
  there.addEventListener('message', never)
  there.removeEventListener('message', never)
  there.onmessage = never
  expect(there.onmessage).toBe(never)
  there.onmessage = null
  expect(there.onmessage).toBe(null)
  const answer = heard(there)
  here.postMessage('tea')
  await answer
  expect(seen).toEqual([])
})

test('what is posted by somebody who carries nothing is delivered as ever', async () => {
  const { plain, there } = channel()
  const answer = heard(there)
  user.set('of this thread')
  plain[0].postMessage('tea')
  // As without us: where Node delivers it, the base context is current.
  expect(await answer).toEqual(['tea', 'of this thread', 'not here'])
})

test('what is transferred arrives, and the port is still one', async () => {
  const { here, there } = channel()
  expect(here).toBeInstanceOf(MessagePort)
  const buffer = new ArrayBuffer(8)
  const answer = heard(there)
  here.postMessage(buffer, [buffer])
  expect(buffer.byteLength).toBe(0)
  expect(((await answer) as [ArrayBuffer])[0].byteLength).toBe(8)
})

test('a value that cannot travel is the poster’s error, and nothing is sent', () => {
  const { here } = channel()
  const context = copyContext()
  context.run(() => {
    ;(user as ContextVar<unknown>).set(() => 'a function')
    expect(() => here.postMessage('tea')).toThrow('structured clone has no <function>')
  })
})

const envelope = (context: unknown, version: unknown = 1) => ({ $contextvarsMessage: version, context, data: 'tea' })
const data = (...values: unknown[]) => ({ $contextvars: 1, copyContext: true, values })

test.each<[what: unknown, kind: new (...message: never[]) => Error, said: string]>([
  [envelope(data(), 2), ValueError, 'a message with its context, of version 2; this runtime reads 1'],
  [envelope(data(), '1'), ValueError, "a message with its context, of version '1'; this runtime reads 1"],
  [envelope(undefined), ValueError, 'expected a context as data, got undefined'],
  [envelope('Ada'), ValueError, "expected a context as data, got 'Ada'"],
  [envelope({ $contextvars: 9 }), ValueError, 'a context as data of version 9; this runtime reads version 1'],
  [envelope(data(['shop', '__proto__', 1])), AttributeError, "module 'shop' has no attribute '__proto__'"],
  [
    envelope(data(['shop', 'user', 'Eve'], ['shop', 'secret', 1])),
    AttributeError,
    "module 'shop' has no attribute 'secret'",
  ],
])('%j is refused, and its listener not called', (what, kind, said) => {
  // Node would end the thread at an error in a listener, as it should; so the listener is called by hand.
  const listeners: ((event: Event) => void)[] = []
  const endpoint = {
    postMessage() {},
    addEventListener: (_: string, listener: (event: Event) => void) => void listeners.push(listener),
  }
  let called = false
  carryContext(endpoint, { reducer }).addEventListener('message', () => {
    called = true
  })
  const hear = () => listeners[0]?.(new MessageEvent('message', { data: what }))
  expect(hear).toThrow(kind)
  expect(hear).toThrow(said)
  expect(called).toBe(false)
})

const thread = `
  const { parentPort } = require('node:worker_threads')
  const built = ${JSON.stringify(pathToFileURL(join(root, 'dist/runtime/')).href)}
  ;(async () => {
    const { ContextVar, registerContextVar } = await import(built + 'index.js')
    const { carryContext } = await import(built + 'worker.js')
    const user = new ContextVar('user')
    registerContextVar(user, { __name__: 'shop', user })
    const page = carryContext(parentPort)
    page.on('message', (data) => {
      const before = user.get('nobody')
      user.set(before + ' of the thread')
      page.postMessage(data + ' for ' + before)
    })
  })()
`

test('a thread of Node’s, as built, answers with its context', async () => {
  const plain = new Worker(thread, { eval: true })
  const worker = carryContext(plain, { reducer })
  try {
    const answer = new Promise((resolve, reject) => {
      worker.once('message', (said) => resolve([said, user.get()])).once('error', reject)
    })
    new Context().run(() => {
      user.set('Ada')
      worker.postMessage('tea')
    })
    expect(await answer).toEqual(['tea for Ada', 'Ada of the thread'])
  } finally {
    await plain.terminate()
  }
})

test('a port that carries is the same when it is asked for again, and listeners are called on it', async () => {
  const { plain, here, there } = channel()
  expect(carryContext(plain[0], { reducer })).toBe(here)
  expect(carryContext(here, { reducer })).toBe(here)
  expect(() => carryContext(here)).toThrow(ValueError)
  const called = new Promise((resolve) => {
    there.onmessage = function ({ data }) {
      resolve([data, (this as unknown) === there])
    }
  })
  here.postMessage('hi')
  expect(await called).toEqual(['hi', true])
})
