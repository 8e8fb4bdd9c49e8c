// What is constructed with callbacks: the context of the construction, whatever the event policy.

import type { Page } from 'playwright'
import type { WebCases } from './case'

type Constructor = new (report: () => void) => { observe(): void; disconnect(): void }
const collect = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  while (await page.evaluate(() => 'waitsForTheCollector' in globalThis)) {
    await session.send('HeapProfiler.collectGarbage')
  }
  await session.detach()
}

export const observers: WebCases = {
  'WB-18 MutationObserver, twice': {
    always: 'constructor, constructor',
    body: async ({ as, see, times, keep }) => {
      const observer = keep(as('constructor', () => new MutationObserver(see)))
      as('observer', () => observer.observe(document.body, { attributes: true }))
      as('changer', () => document.body.setAttribute('title', 'a'))
      await times(1)
      as('changer', () => document.body.setAttribute('title', 'b'))
      await times(2)
      observer.disconnect()
    },
  },
  'WB-19 ResizeObserver': {
    always: 'constructor',
    body: async ({ as, see, times, keep }) => {
      const observer = keep(as('constructor', () => new ResizeObserver(see)))
      as('observer', () => observer.observe(document.body))
      await times(1)
      observer.disconnect()
    },
  },
  'WB-20 IntersectionObserver': {
    always: 'constructor',
    body: async ({ as, see, times, keep }) => {
      const observer = keep(as('constructor', () => new IntersectionObserver(see)))
      as('observer', () => observer.observe(document.body))
      await times(1)
      observer.disconnect()
    },
  },
  'WB-20 PerformanceObserver': {
    always: 'constructor',
    body: async ({ as, see, times, keep }) => {
      const observer = keep(as('constructor', () => new PerformanceObserver(see)))
      as('observer', () => observer.observe({ entryTypes: ['mark'] }))
      as('marker', () => performance.mark('here'))
      await times(1)
      observer.disconnect()
    },
  },
  ReportingObserver: {
    always: 'constructor',
    body: async ({ as, see, times, keep }) => {
      const { ReportingObserver } = globalThis as unknown as { ReportingObserver: Constructor }
      const observer = keep(as('constructor', () => new ReportingObserver(see)))
      as('observer', () => observer.observe())
      as('deprecated', () => {
        const request = new XMLHttpRequest()
        request.open('GET', 'page.js', false)
        request.send()
      })
      await times(1)
      observer.disconnect()
    },
  },
  'WB-32 FinalizationRegistry': {
    always: 'constructor',
    body: async ({ as, see, times, keep }) => {
      const registry = keep(as('constructor', () => new FinalizationRegistry(see)))
      as('registrant', () => registry.register({}, 1))
      Object.assign(globalThis, { waitsForTheCollector: true })
      await times(1)
      Reflect.deleteProperty(globalThis, 'waitsForTheCollector')
    },
    act: collect,
  },
  'WB-38 ReadableStream: start is a call, pull and cancel': {
    always: 'start: constructor, pull: constructor, pull: constructor, cancel: constructor, true',
    body: async ({ as, who, say, times }) => {
      const tell = (what: string) => {
        say(`${what}: ${who.get()}`)
        if (what !== 'start') who.set('changed')
      }
      const source: UnderlyingDefaultSource<number> = Object.freeze({
        start: () => tell('start'),
        pull(controller: ReadableStreamDefaultController<number>) {
          tell('pull')
          controller.enqueue(1)
        },
        cancel() {
          tell('cancel')
          say(this === source)
        },
      })
      const stream = as('constructor', () => new ReadableStream(source, { highWaterMark: 1 }))
      await times(2)
      const reader = stream.getReader()
      await as('reader', () => reader.read())
      await times(3)
      await as('canceller', () => reader.cancel())
    },
  },
  'WB-38 WritableStream and TransformStream': {
    always: 'transform: constructor, write: constructor, flush: constructor, close: constructor',
    body: async ({ as, who, say }) => {
      const tell = (what: string) => {
        say(`${what}: ${who.get()}`)
        who.set('changed')
      }
      const transform = as(
        'constructor',
        () =>
          new TransformStream({
            transform(chunk, controller) {
              tell('transform')
              controller.enqueue(chunk)
            },
            flush: () => tell('flush'),
          }),
      )
      const sink = as(
        'constructor',
        () => new WritableStream({ write: () => tell('write'), close: () => tell('close') }),
      )
      const piped = as('piper', () => transform.readable.pipeTo(sink))
      const writer = transform.writable.getWriter()
      await as('writer', () => writer.write(1))
      await as('closer', () => writer.close())
      await piped
    },
  },
  'WebCodecs: a decoder’s error': {
    always: 'constructor',
    body: async ({ as, see, times, keep }) => {
      const decoder = keep(as('constructor', () => new VideoDecoder({ output: () => {}, error: see })))
      as('user', () => {
        decoder.configure({ codec: 'vp8' })
        // It begins like a frame, and then is none.
        const data = new Uint8Array([0x50, 1, 0, 0x9d, 1, 0x2a, 16, 0, 16, 0, 255, 255])
        decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data }))
      })
      await times(1)
    },
  },
}
