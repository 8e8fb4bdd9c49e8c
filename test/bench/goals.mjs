// What is compared with what, and what is to be reached.
//
// The first goal is a quarter of what the reference implementation of TC39's AsyncContext takes for a read. It is in no registry:
// what ran beside it when it was measured (13 to 16 ns) stands for it, AsyncLocalStorage (28 ns) and a Map (7.5 ns).

/**
 * @typedef {import('./peer').Operation} Operation
 * @typedef {{ operation: Operation, beside: string, of?: Operation, atMost: number }} Goal
 */

export const ours = 'contextvars-devtools'

/** @type {Record<string, import('./compare.mjs').Peer>} */
export const peers = {
  [ours]: { file: 'peers/contextvars', browser: true },
  AsyncLocalStorage: { file: 'peers/async-local-storage', browser: false },
  'OpenTelemetry (zone.js)': { file: 'peers/opentelemetry', browser: true },
  'unctx (synchronous)': { file: 'peers/unctx', browser: true },
  'immutable.js': { file: 'peers/immutable', browser: true },
  Map: { file: 'peers/map', browser: true },
}

export const cpython = 'CPython'

/** @type {Goal[]} `of` is the operation of the other, where it is not the same. */
export const goals = [
  { operation: 'get', beside: 'AsyncLocalStorage', atMost: 1 / 8 },
  { operation: 'get', beside: 'Map', atMost: 1 / 2 },
  { operation: 'set + reset', beside: cpython, atMost: 1 / 5 },
  { operation: 'copy', beside: cpython, atMost: 2 / 3 },
  { operation: 'run', beside: cpython, atMost: 1 / 5 },
  { operation: 'set among 10,000', beside: ours, of: 'set among 10', atMost: 3 },
  { operation: 'copy + set among 10,000', beside: ours, of: 'copy + set among 10', atMost: 3 },
]

/** In the order of the table. @type {Operation[]} */
export const operations = [
  'get',
  'set + reset',
  'copy',
  'run',
  'set among 10',
  'set among 10,000',
  'copy + set among 10',
  'copy + set among 10,000',
]
