// What `npm run bench` shows, in this order; each by its name on the command line, too.

import * as awaits from './await/goals.mjs'
import { memory } from './await/memory.mjs'
import { microtasks } from './await/microtasks.mjs'
import { print as printAwaits } from './await/table.mjs'
import { compare } from './compare.mjs'
import * as values from './goals.mjs'
import { road } from './road/road.mjs'
import { print as printValues } from './table.mjs'

/**
 * How much is done: rounds of the comparisons, the time that each operation gets, how many awaits the heap is looked at, and how many
 * facts travel.
 * @typedef {{ rounds: number, effort: import('./measure').Effort, awaits: number, facts: number }} Plan
 */

/** @type {Record<string, (plan: Plan) => Promise<void>>} */
export const groups = {
  values: (plan) => compare(plan, { ...values, inPython: true, print: printValues }),
  async await(plan) {
    await compare(plan, { ...awaits, print: printAwaits })
    await microtasks()
    await memory(plan.awaits)
  },
  road: ({ rounds, facts }) => road(rounds, facts),
}
