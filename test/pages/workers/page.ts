// Makes a worker of each kind, and keeps what they say. The page has contexts, too, which no worker inherits.

import { ContextVar } from 'contextvars-devtools'
import { install } from 'contextvars-devtools/async'
import { Team } from './team'

install()
new ContextVar<string>('user').set('page')

const team = new Team()

team.add('module', new Worker(new URL('./prices.ts', import.meta.url), { type: 'module' }))
team.add('classic', new Worker(new URL('./stock.ts', import.meta.url)))
team.add('orders', new Worker(new URL('./orders.ts', import.meta.url)))
team.add('entry', new Worker('raw/entry.js', { type: 'module' }))
team.add('refused', new Worker('raw/strict/refused.js', { type: 'module' }))
team.add('echo', new Worker('raw/echo.js#of-its-own'))
team.add('named', new Worker('raw/echo.js', { name: 'of its own' }))
team.add('data', new Worker('data:text/javascript,onmessage = ({ data }) => postMessage({ data, name })'))
const source = new Blob(['onmessage = ({ data }) => postMessage({ data, hash: location.hash })'])
team.add('blob', new Worker(URL.createObjectURL(source)))
const shared = new SharedWorker('raw/shared.js', 'basket')

/** All that was said to this page. */
async function report(): Promise<Record<string, unknown[]>> {
  const { port } = shared
  const greeting = new Promise((resolve) => {
    port.addEventListener('message', ({ data }) => resolve(data))
    port.start()
  })
  return { ...(await team.report()), shared: [await greeting] }
}

Object.assign(globalThis, { workers: team.workers, report })
