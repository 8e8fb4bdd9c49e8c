// AS, AI, AW, GV: what has to do with other realms, and with how a page loads its scripts.

import { Context, ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { keepsItsContext } from '../../async/cases/awaiting'
import { same, sleep } from '../../async/cases/case'
import type { PageCases } from './page-case'

declare function importScripts(...addresses: string[]): void

/** What a worker does: it sets a variable of its own, awaits, and tells what it saw before and after. */
function inWorker(): void {
  importScripts(`${location.origin}/runtime/inject.js`)
  const { ContextVar, copyContext, createTask } = globalThis.contextvars
  const variable = new ContextVar<string>('variable', { default: 'nothing' })
  self.onmessage = async ({ data }) => {
    const work = async (): Promise<unknown[]> => {
      const before = [copyContext().size, variable.get()]
      variable.set(data)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
      await fetch('data:,text')
      return [...before, variable.get()]
    }
    self.postMessage(await createTask(work).result)
  }
}

/** The order in which a set of async functions take their turns. It is sent to another realm as it stands. */
async function order(): Promise<string[]> {
  const seen: string[] = []
  const note = (entry: string) => void seen.push(entry)
  class Mine<T> extends Promise<T> {}
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
  const thenable = { then: (resolve: () => void) => resolve() }
  const overridden = Object.assign(Promise.resolve(), {
    // biome-ignore lint/suspicious/noThenProperty: whether somebody calls it is what is tested
    then() {
      note('its own then was called')
    },
  })
  const sorts: Record<string, () => unknown> = {
    primitive: () => 5,
    settled: () => Promise.resolve(),
    async: async () => {},
    subclass: () => Mine.resolve(),
    thenable: () => thenable,
    'own then': () => overridden,
    chained: () => Promise.resolve().then(() => {}),
    finally: () => Promise.resolve().finally(() => {}),
    all: () => Promise.all([1, Promise.resolve()]),
    rejected: () => Promise.reject(new Error('expected')).catch(() => {}),
    returned: async () => Promise.resolve(),
  }
  const walk = async (name: string, make: () => unknown): Promise<void> => {
    for (let i = 0; i < 4; i++) {
      note(`${name} ${i}`)
      await make()
    }
    queueMicrotask(() => note(`${name}, a microtask`))
  }
  const loop = (async () => {
    async function* counting() {
      for (let i = 0; i < 3; i++) yield i
    }
    for await (const i of counting()) note(`loop ${i}`)
    for await (const _ of [Promise.resolve(), 5]) note('loop over an array')
  })()
  await Promise.all([...Object.entries(sorts).map(([name, make]) => walk(name, make)), loop])
  return seen
}

async function frame(html: string): Promise<typeof globalThis & Window> {
  const element = document.createElement('iframe')
  element.srcdoc = html
  const loaded = new Promise((resolve) => element.addEventListener('load', resolve))
  document.body.append(element)
  await loaded
  if (element.contentWindow === null) throw new Error('a frame that is in a document has a window')
  return element.contentWindow as typeof globalThis & Window
}

export const realms: PageCases = {
  async 'AS-30 ten workers start empty, and are isolated'() {
    const address = URL.createObjectURL(
      new Blob([`const location = { origin: '${location.origin}' };(${inWorker})()`], { type: 'text/javascript' }),
    )
    const variable = new ContextVar<string>('variable')
    variable.set('of the page')
    const answers = Array.from({ length: 10 }, async (_, i) => {
      const worker = new Worker(address)
      const answer = new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
      })
      worker.postMessage(`worker ${i}`)
      const seen = await answer
      worker.terminate()
      return seen
    })
    same(
      await Promise.all(answers),
      answers.map((_, i) => [0, 'nothing', `worker ${i}`]),
    )
    same(variable.get(), 'of the page')
  },

  'AW-12 after the await of what only a page is given'() {
    const scheduler = Reflect.get(globalThis, 'scheduler') as Record<'postTask' | 'yield', (task?: unknown) => unknown>
    return keepsItsContext({
      'fetch over the network': async () => (await fetch('/trickle')).text(),
      'a body, piece by piece': async () => (await fetch('/trickle')).body?.getReader().read(),
      'locks.request': () => navigator.locks.request('AW-12', () => sleep(1)),
      'scheduler.postTask': () => scheduler.postTask(() => {}),
      'scheduler.yield': () => scheduler.yield(),
      'image.decode': () =>
        Object.assign(new Image(), {
          src: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
        }).decode(),
      'fonts.ready': () => document.fonts.ready,
      'caches.open': () => caches.open('AW-12'),
      'an animation': () => document.body.animate({ opacity: [0, 1] }, 1).finished,
      createImageBitmap: () => createImageBitmap(new ImageData(1, 1)),
    })
  },

  async 'AW-21 the order of turns, and whose then is called, is that of a realm without contexts'() {
    const elsewhere = await frame('')
    const plain: string[] = await elsewhere.eval(`(${order})()`)
    const here = await createTask(order).result
    same(plain.length >= 60, true)
    same(plain.includes('its own then was called'), false)
    same(here, plain)
  },

  async 'AW-22 a module runs in the base context, before and after its own await'() {
    const variable = new ContextVar<string>('variable', { default: 'base' })
    const place = globalThis as { look?: () => string; tell?: (seen: string[]) => void }
    place.look = () => variable.get()
    const program = 'const seen = [look()]; await 5; seen.push(look()); await fetch("data:,x"); seen.push(look());'
    const script = document.createElement('script')
    script.type = 'module'
    script.textContent = `${program} tell(seen)`
    const told = new Promise<string[]>((resolve) => {
      place.tell = resolve
    })
    const imported = await createTask(async () => {
      variable.set('of the importer')
      document.head.append(script)
      const { default: seen } = await import(/* @vite-ignore */ `data:text/javascript,${program} export default seen`)
      return [...seen, variable.get()]
    }).result
    same(await told, ['base', 'base', 'base'])
    same(imported, ['base', 'base', 'base', 'of the importer'])
  },

  async 'AI-03 where the host lacks what would be patched, the rest is'() {
    const lacking = `<script>
      for (const name of ['requestIdleCallback', 'scheduler', 'MutationObserver', 'PerformanceObserver', 'WebSocket',
        'FinalizationRegistry', 'BroadcastChannel', 'LockManager', 'cancelAnimationFrame']) {
        delete globalThis[name]
        if (globalThis[name] !== undefined) globalThis[name] = undefined
      }
      globalThis.EventSource = null
    </script><script src="${location.origin}/runtime/inject.js"></script>`
    const elsewhere = await frame(lacking)
    const poor = elsewhere.contextvars
    const variable = new poor.ContextVar<string>('variable', { default: 'lost' })
    const seen = await poor.createTask(() => {
      variable.set('own')
      return new Promise<string>((resolve) => elsewhere.setTimeout(() => resolve(variable.get())))
    }).result
    same(seen, 'own')
  },

  async 'GV-01 a frame starts empty, with variables of its own'() {
    const { contextvars: other } = await frame(`<script src="${location.origin}/runtime/inject.js"></script>`)
    const variable = new ContextVar<string>('variable')
    await new Context().run(async () => {
      variable.set('of the page')
      same([copyContext().size, other.copyContext().size], [1, 0])
      same(other.copyContext() instanceof Context, false)
      new other.ContextVar<string>('variable').set('of the frame')
      same([copyContext().size, variable.get()], [1, 'of the page'])
    })
  },
}
