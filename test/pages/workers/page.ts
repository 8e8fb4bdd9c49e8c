// Makes a worker of each kind, and keeps what they say. The page has contexts, too, which no worker inherits.

import { ContextVar } from 'contextvars-devtools'
import { install } from 'contextvars-devtools/async'

install()
new ContextVar<string>('user').set('page')

type Said = Record<string, unknown[]>

const said: Said = {}
const workers: Record<string, Worker> = {}

function add(key: string, worker: Worker): void {
  workers[key] = worker
  said[key] = []
  worker.onmessage = ({ data }) => said[key]?.push(['handler', data])
  worker.addEventListener('message', ({ data }) => said[key]?.push(['listener', data]))
  worker.addEventListener('error', (event) => said[key]?.push(['error', event.message]))
  worker.addEventListener('messageerror', () => said[key]?.push(['messageerror']))
}

add('module', new Worker(new URL('./prices.ts', import.meta.url), { type: 'module' }))
add('classic', new Worker(new URL('./stock.ts', import.meta.url)))
add('entry', new Worker('raw/entry.js', { type: 'module' }))
add('refused', new Worker('raw/strict/refused.js', { type: 'module' }))
add('echo', new Worker('raw/echo.js#of-its-own'))
add('named', new Worker('raw/echo.js', { name: 'of its own' }))
add('data', new Worker('data:text/javascript,onmessage = ({ data }) => postMessage({ data, name })'))
const source = new Blob(['onmessage = ({ data }) => postMessage({ data, hash: location.hash })'])
add('blob', new Worker(URL.createObjectURL(source)))
const shared = new SharedWorker('raw/shared.js', 'basket')

/** All that was said, once each has said this many things. */
async function report(): Promise<Said> {
  for (const [key, worker] of Object.entries(workers)) if (key !== 'entry') worker.postMessage('report')
  const { port } = shared
  said.shared = [
    await new Promise((resolve) => port.addEventListener('message', ({ data }) => resolve(data)) ?? port.start()),
  ]
  while (Object.values(said).some((one) => one.length === 0)) await new Promise((resolve) => setTimeout(resolve, 10))
  return said
}

Object.assign(globalThis, { workers, report })
