// What is compared with what where code is asynchronous, and what is to be reached.

/**
 * @typedef {import('./shapes').Shape} Shape
 * @typedef {{ of: string, shape: Shape, beside: string, atMost: number }} Goal
 */

export const plain = 'plain'
export const installed = 'installed'
export const inContext = 'in a context'
export const zone = 'zone.js'

/**
 * Each has a page or a process of its own. `alone`: so has each of its shapes, because some of them enter contexts.
 * @type {Record<string, import('../compare.mjs').Peer>}
 */
export const peers = {
  [plain]: { file: 'await/peers/plain', browser: true },
  [installed]: { file: 'await/peers/installed', browser: true, alone: true },
  [inContext]: { file: 'await/peers/in-context', browser: true },
  left: { file: 'await/peers/left', browser: true },
  uninstalled: { file: 'await/peers/uninstalled', browser: true },
  [zone]: { file: 'await/peers/zone', browser: true },
  generators: { file: 'await/peers/generators', browser: true, target: 'es2016' },
  AsyncLocalStorage: { file: 'await/peers/async-local-storage', browser: false },
}

/** @type {Goal[]} */
export const goals = [
  { of: inContext, shape: 'await f()', beside: 'generators', atMost: 1 / 3 },
  { of: inContext, shape: 'await settled', beside: zone, atMost: 1 / 2 },
  { of: installed, shape: 'await f()', beside: plain, atMost: 1.5 },
  { of: installed, shape: 'await settled', beside: plain, atMost: 1.5 },
  { of: installed, shape: 'Promise.all of 10', beside: plain, atMost: 2 },
]

/** In the order of the table. @type {Shape[]} */
export const operations = [
  'await f()',
  'await settled',
  'await 5',
  'await 3 nested',
  'Promise.all of 10',
  'then',
  '100 tasks',
  'message',
  '1000 timers',
]
