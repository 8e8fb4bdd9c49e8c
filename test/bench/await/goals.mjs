// What is compared with what where code is asynchronous, and what is to be reached.
//
// The goal for an await in a context is 700 ns on a machine where one of zone.js' own promise takes 1,430, and one that was
// compiled to a generator 2,400. Before any context is entered, an await is to be what it is without this package.

/**
 * @typedef {import('./shapes').Shape} Shape
 */

export const plain = 'plain'
export const installed = 'installed'
export const inContext = 'in a context'
export const zone = 'zone.js'

/**
 * - `plain`: a page without any of it
 * - `installed`: this package, before any context is entered (callbacks enter one, so each shape has a page of its own; and so has
 *   it in `plain`, since what ran before leaves a larger heap, in which everything is faster)
 * - `in a context`
 * - `left`: outside, where a context has been entered
 * - `uninstalled`: this package was used, and is gone
 * - `zone.js`: native `await`, which loses the zone; promises that the page makes are zone.js' own
 * - `generators`: zone.js, and async functions compiled to generators, which keep it
 * @type {Record<string, import('../compare.mjs').Peer>}
 */
export const peers = {
  [plain]: { file: 'await/peers/plain', browser: true, alone: true },
  [installed]: { file: 'await/peers/installed', browser: true, alone: true },
  [inContext]: { file: 'await/peers/in-context', browser: true },
  left: { file: 'await/peers/left', browser: true },
  uninstalled: { file: 'await/peers/uninstalled', browser: true },
  [zone]: { file: 'await/peers/zone', browser: true },
  generators: { file: 'await/peers/generators', browser: true, target: 'es2016' },
  AsyncLocalStorage: { file: 'await/peers/async-local-storage', browser: false },
}

/** @type {import('../columns.mjs').Goal[]} */
export const goals = [
  { of: inContext, operation: 'await f()', beside: 'generators', atMost: 0.3 },
  { of: inContext, operation: 'await settled', beside: zone, atMost: 1 / 2 },
  { of: installed, operation: 'await f()', beside: plain, atMost: 1.5 },
  { of: installed, operation: 'await settled', beside: plain, atMost: 1.5 },
  { of: installed, operation: 'Promise.all of 10', beside: plain, atMost: 2 },
]

/** In the order of the table. @type {Shape[]} */
export const operations = [
  'await f()',
  'await settled',
  'await 5',
  'await 3 nested',
  'Promise.all of 10',
  '100 tasks',
  'then',
  'message',
  '1000 timers',
]
