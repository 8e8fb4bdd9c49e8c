// What `npm run bench` shows, in this order; each by its name on the command line, too.

import * as awaits from './await/goals.mjs'
import { print as printAwaits } from './await/table.mjs'
import { compare } from './compare.mjs'
import * as values from './goals.mjs'
import { print as printValues } from './table.mjs'

/**
 * How much is done: rounds of the comparisons, and the time that each operation gets.
 * @typedef {{ rounds: number, effort: import('./measure').Effort }} Plan
 */

/** @type {Record<string, (plan: Plan) => Promise<void>>} */
export const groups = {
  values: (plan) => compare(plan, { ...values, inPython: true, print: printValues }),
  await: (plan) => compare(plan, { ...awaits, print: printAwaits }),
}
