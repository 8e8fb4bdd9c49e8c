// What recording costs, beside what it is made of, and what is to be reached.
//
// A page that nobody records is to pay next to nothing for the seam that a recorder listens at: its peer is this package compiled
// without the seam. A recorded set without its stack is to cost less than a tenth of what the stack alone does (0.15 µs where a
// bare error takes 1.5 and more), and one with its stack little more than a bare error that nobody reads.

/**
 * @typedef {import('./work').Work} Work
 */

export const withoutSeam = 'no seam'
export const notRecorded = 'not recorded'
export const withoutStacks = 'no stacks'
export const withStacks = 'all stacks'
export const bareError = 'new Error()'
export const readError = '… and read'

/**
 * - `no seam`: this package, compiled without its tap
 * - `not recorded`: this package as it is
 * - `no stacks`, `sampled`, `all stacks`: recorded, at each level
 * - `new Error()`: in the place of each set and each reset, kept unread
 * - `… and read`: the same, read at last, as a recorder has to if nobody asks and too many wait
 * @type {Record<string, import('../compare.mjs').Peer>}
 */
export const peers = {
  [withoutSeam]: { file: 'recording/peers/without-seam', browser: true, seamless: true },
  [notRecorded]: { file: 'recording/peers/not-recorded', browser: true },
  // What one operation leaves to the collector, which has to tell the recorder, is not to slow down the next.
  [withoutStacks]: { file: 'recording/peers/without-stacks', browser: true, alone: true },
  sampled: { file: 'recording/peers/sampled', browser: true, alone: true },
  [withStacks]: { file: 'recording/peers/with-stacks', browser: true, alone: true },
  [bareError]: { file: 'recording/peers/bare-error', browser: true },
  [readError]: { file: 'recording/peers/read-error', browser: true },
}

/** In the order of the table. @type {Work[]} */
export const operations = ['set', 'set + reset', 'set of an object', 'promise.then', 'setTimeout']

/** @type {import('../columns.mjs').Goal[]} */
export const goals = [
  { of: notRecorded, operation: 'set + reset', beside: withoutSeam, atMost: 1.1 },
  { of: withoutStacks, operation: 'set + reset', beside: bareError, atMost: 0.1 },
  { of: withStacks, operation: 'set + reset', beside: readError, atMost: 1.2 },
]
