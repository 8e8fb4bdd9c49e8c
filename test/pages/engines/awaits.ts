// Everything that a page awaits, by name. Each case is what a task does: it awaits, and looks, a few times over.

import { copyContext } from 'contextvars-devtools'

/** Looks whether the context is still the one that it was before the await. */
type Look = () => void
type Case = (look: Look) => Promise<void>

const TIMES = 3

interface PromiseES2024 {
  withResolvers(): { promise: Promise<void>; resolve(): void }
}

/** A case that awaits what `make` makes. */
const awaiting =
  (make: () => unknown): Case =>
  async (look) => {
    for (let i = 0; i < TIMES; i++) {
      await make()
      look()
    }
  }

const timer = (ms = 1) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const bytes = () => new Blob(['some bytes'])
const stream = () => bytes().stream()

class Subclass<T> extends Promise<T> {}

class Fields {
  #value = timer()
  later = async () => {
    await this.#value
  }
  async #read() {
    await this.later()
    await this.#value
  }
  read() {
    return this.#read()
  }
}

const thenable = (settle: (resolve: () => void) => void) => ({
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
  then(resolve: () => void) {
    settle(resolve)
  },
})

const request = () =>
  new Promise((resolve) => {
    const asked = new XMLHttpRequest()
    asked.onload = resolve
    asked.open('GET', '.')
    asked.send()
  })

const message = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve(undefined)
    }
    port2.postMessage(1)
  })

const imported = (code: string) => import(/* @vite-ignore */ `data:text/javascript,${code}`)

let databases = 0
const database = async () => {
  const name = `database ${databases++}`
  const opened = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(name)
    asked.onupgradeneeded = () => asked.result.createObjectStore('things')
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  const things = opened.transaction('things', 'readwrite').objectStore('things')
  await new Promise((resolve) => {
    things.put('value', 'key').onsuccess = resolve
  })
  opened.close()
  indexedDB.deleteDatabase(name)
}

async function* numbers() {
  for (let i = 0; i < TIMES; i++) {
    await timer(0)
    yield i
  }
}

async function* nested() {
  yield* numbers()
  yield timer()
  return timer()
}

const deep = async (levels: number): Promise<void> => {
  if (levels > 0) await deep(levels - 1)
  else await timer()
}

/** One promise that every task awaits. */
const shared = timer(20)

/** What the same Context comes back after. */
export const sameContext: Record<string, Case> = {
  'a resolved promise': awaiting(() => Promise.resolve(1)),
  'a pending promise': awaiting(() => new Promise((resolve) => queueMicrotask(() => resolve(1)))),
  'a rejected promise': async (look) => {
    for (let i = 0; i < TIMES; i++) {
      try {
        await Promise.reject(new Error('expected'))
      } catch {
        look()
      }
    }
  },
  'a promise that is rejected later': async (look) => {
    for (let i = 0; i < TIMES; i++) {
      try {
        await timer().then(() => Promise.reject(new Error('expected')))
      } catch {
        look()
      } finally {
        look()
      }
    }
  },
  'a promise that every task awaits': awaiting(() => shared),
  'an async function': awaiting(async () => 1),
  'an async function that awaits': awaiting(() => deep(5)),
  'a private async method, and an async field': awaiting(() => new Fields().read()),
  'a timer': awaiting(() => timer()),
  'a timer of no time': awaiting(() => timer(0)),
  'an animation frame': awaiting(() => new Promise((resolve) => requestAnimationFrame(resolve))),
  'idle time': awaiting(() => new Promise((resolve) => requestIdleCallback(resolve))),
  'withResolvers, resolved by a timer': awaiting(() => {
    const { promise, resolve } = (Promise as unknown as PromiseES2024).withResolvers()
    setTimeout(resolve, 1)
    return promise
  }),
  'a promise of promises': awaiting(() => Promise.resolve().then(() => timer().then(async () => timer()))),
  'Promise.all': awaiting(() => Promise.all([1, timer(), deep(2), shared])),
  'Promise.any': awaiting(() => Promise.any([Promise.reject(new Error('expected')), timer()])),
  'Promise.race': awaiting(() => Promise.race([timer(), timer(5)])),
  'Promise.allSettled': awaiting(() => Promise.allSettled([timer(), Promise.reject(new Error('expected'))])),
  'a Promise subclass': awaiting(() => new Subclass<void>((resolve) => setTimeout(resolve, 1))),
  'a resolved Promise subclass': awaiting(() => Subclass.resolve(1)),
  fetch: awaiting(() => fetch('.')),
  'Response.text': async (look) => {
    for (let i = 0; i < TIMES; i++) {
      const response = await fetch('.')
      look()
      await response.text()
      look()
    }
  },
  'Blob.arrayBuffer': awaiting(() => bytes().arrayBuffer()),
  'Blob.text': awaiting(() => bytes().text()),
  'a dynamic import': awaiting(() => imported('export default 1')),
  'a module that awaits': awaiting(() => imported(`await new Promise((r) => setTimeout(r, ${Math.random()}))`)),
  'crypto.subtle': awaiting(() => crypto.subtle.digest('SHA-256', new Uint8Array(100))),
  XMLHttpRequest: awaiting(request),
  'a message port': awaiting(message),
  IndexedDB: awaiting(database),
  'a lock': awaiting(() => navigator.locks.request('a lock', () => timer(0))),
  'a stream read': async (look) => {
    const reader = stream().getReader()
    while (!(await reader.read()).done) look()
    look()
  },
  'a stream in for await': async (look) => {
    let i = 0
    const numbers = new ReadableStream({
      async pull(controller) {
        await timer()
        // Left by then, it takes no more.
        if (i < TIMES) controller.enqueue(1)
      },
    })
    for await (const _ of numbers as unknown as AsyncIterable<number>) {
      look()
      if (++i === TIMES) break
    }
    look()
  },
  'a stream through another': awaiting(() =>
    new Response(stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  ),
  'an image': awaiting(() => createImageBitmap(new ImageData(2, 2))),
  WebAssembly: awaiting(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
  'an animation': awaiting(() => document.body.animate([{ opacity: 1 }], 1).finished),
  'for await over promises': async (look) => {
    for await (const _ of [1, timer(), Promise.resolve(2)]) look()
    look()
  },
  'for await over an async generator': async (look) => {
    for await (const _ of numbers()) look()
    look()
  },
  'for await over nested async generators': async (look) => {
    for await (const _ of nested()) look()
    look()
  },
  'an async generator by hand': async (look) => {
    const generator = nested()
    // Queued at once, as nobody has to wait for the one before.
    await Promise.all([generator.next(), generator.next()])
    look()
    await generator.return(timer())
    look()
  },
  'a primitive': awaiting(() => 5),
  'six primitives in a row': async (look) => {
    for (let i = 0; i < 6; i++) {
      await null
      look()
    }
  },
  'a primitive, after another context ran': async (look) => {
    for (let i = 0; i < TIMES; i++) {
      copyContext().run(() => {})
      await null
      look()
    }
  },
  'primitives with nothing seen between': awaiting(async () => {
    await null
    await null
    await null
  }),
  'a thenable that resolves at once': awaiting(() => thenable((resolve) => resolve())),
  'a thenable that hands over to a promise': awaiting(() => ({
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    then: (resolve: () => void, reject: () => void) => void timer().then(resolve, reject),
  })),
}

/** What the value survives: a thenable that resolves in a callback of its own goes on in that callback's copy. */
export const sameValue: Record<string, Case> = {
  'a thenable that resolves in a microtask': awaiting(() => thenable((resolve) => queueMicrotask(() => resolve()))),
  'a thenable that resolves in a timer': awaiting(() => thenable((resolve) => setTimeout(() => resolve(), 1))),
  'a thenable that resolves in an event': awaiting(() =>
    thenable((resolve) => {
      const target = new EventTarget()
      target.addEventListener('done', () => resolve())
      setTimeout(() => target.dispatchEvent(new Event('done')))
    }),
  ),
}
