// What a function or a class of the host is given means with contexts what it means without: which members are read, in which
// order and on what, what callbacks are called on, what is refused and in which words. In which context callbacks run is in
// web-apis.test.ts.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { journey } from './harness/journey'

type Case = (log: (entry: unknown) => void) => void | Promise<void>

const cases: Record<string, Case> = {
  'observers: instances, statics, subclasses'(log) {
    class Mine extends MutationObserver {
      mine = 1
    }
    const observer = new Mine(() => {})
    log([observer instanceof MutationObserver, observer.mine, observer.constructor === Mine])
    log(new ResizeObserver(() => {}).constructor === ResizeObserver)
    log((globalThis as unknown as Record<string, unknown>).WebKitMutationObserver === MutationObserver)
    log([MutationObserver.name, MutationObserver.length, PerformanceObserver.supportedEntryTypes.length > 0])
    log([requestIdleCallback.name, requestIdleCallback.length, LockManager.prototype.request.length])
  },
  async 'the members of a source, read once, each in its turn'(log) {
    const members = { start: undefined, pull: () => log('pulled'), cancel: undefined, type: undefined, unknown: 1 }
    const source = {}
    for (const [name, value] of Object.entries(members)) {
      Object.defineProperty(source, name, {
        get() {
          log([name, this === source])
          return value
        },
      })
    }
    await new ReadableStream(source).getReader().cancel()
  },
  async 'sources of all sorts: frozen, of a class, a function'(log) {
    class Source {
      #count = 0
      pull(controller: ReadableStreamDefaultController<number>) {
        controller.enqueue(this.#count++)
      }
    }
    const frozen = Object.freeze({
      pull(controller: ReadableStreamDefaultController<unknown>) {
        controller.enqueue(this === frozen)
        controller.close()
      },
    })
    const ofFunction = Object.assign(() => {}, {
      pull: (controller: ReadableStreamDefaultController<string>) => controller.enqueue('of a function'),
    })
    for (const source of [new Source(), frozen, ofFunction as object]) {
      const reader = new ReadableStream(source).getReader()
      log(await reader.read())
      log(await reader.read())
    }
    class Mine extends ReadableStream<unknown> {}
    const mine = new Mine({ start: (controller: ReadableStreamDefaultController<unknown>) => controller.close() })
    log([mine instanceof Mine, mine instanceof ReadableStream, mine.constructor === Mine])
  },
  async 'an error of a callback is the stream’s'(log) {
    const stream = new ReadableStream({
      pull() {
        throw new Error('of the source')
      },
    })
    await stream
      .getReader()
      .read()
      .catch((error) => log(error.message))
  },
  async 'a transition: its members, what its callback is called on, what it awaits'(log) {
    const options = {
      get types() {
        log('types')
        return []
      },
      get update() {
        log('update')
        return async function (this: unknown, ...args: unknown[]) {
          log([this === options, args.length])
          throw new Error('of the update')
        }
      },
    }
    const transition = document.startViewTransition(options)
    transition.ready.catch(() => {})
    transition.finished.catch(() => {})
    await transition.updateCallbackDone.catch((error) => log(error.message))
  },
  async 'a lock is held for as long as its callback takes, and gives its result'(log) {
    log(
      await navigator.locks.request('lock', { ifAvailable: true }, async (lock, ...rest) => {
        await new Promise((resolve) => setTimeout(resolve))
        return [lock?.name, rest.length, (await navigator.locks.query()).held?.length]
      }),
    )
    log((await navigator.locks.query()).held?.length)
  },
  async 'what is refused'(log) {
    const attempts: (() => unknown)[] = [
      () => Reflect.construct(ResizeObserver, [5]),
      () => Reflect.apply(MutationObserver, undefined, []),
      () => Reflect.construct(ReadableStream, [5]),
      () => Reflect.construct(ReadableStream, [{ pull: 5 }]),
      () => Reflect.construct(WritableStream, [{ type: 'bytes' }]),
      () => Reflect.construct(VideoDecoder, [{ output: () => {} }]),
      () => Reflect.apply(requestIdleCallback, undefined, []),
      () => Reflect.apply(navigator.locks.request, navigator.locks, ['lock', 5]),
      () => Reflect.apply(navigator.locks.request, {}, ['lock', () => {}]),
      () => Reflect.apply(document.startViewTransition, document, [5]),
      () => Reflect.apply(document.startViewTransition, document, [{ update: 5 }]),
      () => Reflect.apply(HTMLCanvasElement.prototype.toBlob, document.createElement('canvas'), []),
      () => Reflect.apply(Notification.requestPermission, Notification, [5]),
      () => Reflect.apply(navigator.mediaSession.setActionHandler, navigator.mediaSession, ['play', 5]),
    ]
    for (const attempt of attempts) {
      try {
        await attempt()
        log('accepted')
      } catch (error) {
        log(String(error))
      }
    }
  },
}

journey('what the host is given means what it always means', async ({ tab: { page }, site, dist }) => {
  const outcomes = async (setUp: string): Promise<Record<string, unknown>> => {
    await page.goto(`${site.origin}/plain/`)
    await page.evaluate(setUp)
    const seen: Record<string, unknown> = {}
    for (const [name, body] of Object.entries(cases)) {
      const method = `({ ${String(body)} })[${JSON.stringify(name)}]`
      seen[name] = await page.evaluate(`(async () => {
        const seen = []
        await (${method})((entry) => seen.push(entry))
        return seen
      })()`)
    }
    return seen
  }
  const plain = await outcomes('')
  const script = readFileSync(join(dist, 'runtime/inject.js'), 'utf8')
  const followed = await outcomes(`${script};void globalThis.contextvars.install`)
  expect(followed).toEqual(plain)
  for (const seen of Object.values(plain)) expect(seen).not.toEqual([])
})
