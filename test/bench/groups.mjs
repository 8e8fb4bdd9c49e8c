// What `npm run bench` shows, in this order; each by its name on the command line, too.

import * as awaits from './await/goals.mjs'
import { memory } from './await/memory.mjs'
import { microtasks } from './await/microtasks.mjs'
import { columns } from './columns.mjs'
import { compare } from './compare.mjs'
import * as values from './goals.mjs'
import { panel } from './panel/panel.mjs'
import { answers } from './recording/answers.mjs'
import * as recording from './recording/goals.mjs'
import { road } from './road/road.mjs'
import { judging } from './rules/judging.mjs'
import { snapshot } from './snapshot/snapshot.mjs'
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
    await compare(plan, { ...awaits, print: columns(awaits, 'test/bench/await/shapes.ts says what; goals.mjs, where') })
    await microtasks()
    await memory(plan.awaits)
  },
  async recording(plan) {
    const where = 'test/bench/recording/work.ts says what; goals.mjs, for whom'
    await compare(plan, { ...recording, print: columns(recording, where) })
    await answers(plan.rounds * 30)
  },
  rules: ({ facts }) => judging(facts),
  panel: ({ facts }) => panel(facts),
  snapshot: ({ facts }) => snapshot(facts),
  road: ({ rounds, facts }) => road(rounds, facts),
}
