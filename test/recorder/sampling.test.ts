// Which facts have their stack, and when that changes: by the clock that is given, so exactly.

import { expect, test } from 'vitest'
import type { RecordingLevel } from '../../runtime/protocol'
import { Budget } from '../../runtime/recorder/budget'
import { Sampling } from '../../runtime/recorder/sampling'

type Level = Pick<RecordingLevel, 'stacks' | 'every' | 'why'>

function sampling(asked: 'all' | 'sampled' | 'none', share: number) {
  const told: Level[] = []
  return { told, sampling: new Sampling(asked, share, (level) => told.push(level)) }
}

/** Facts for so long, from `begin` on, a millisecond after the other; each stack takes `cost`. Answers how many had theirs. */
function facts(of: Sampling, begin: number, lasting: number, perMillisecond: number, cost: number): number {
  let taken = 0
  for (let at = begin; at < begin + lasting; at++) {
    for (let i = 0; i < perMillisecond; i++) {
      if (!of.wants('set', at)) continue
      taken++
      if (of.count()) of.captured(cost, at)
    }
  }
  return taken
}

test('a burst may take a second’s share at once, and time pays for it', () => {
  const budget = new Budget(0.05)
  budget.spend(49, 10_000)
  expect(budget.overdrawn(10_000)).toBe(false)
  budget.spend(2, 10_000)
  expect(budget.overdrawn(10_000)).toBe(true)
  expect(budget.overdrawn(10_100)).toBe(false)
  // All of it is paid by now, and nothing can be saved.
  budget.spend(51, 20_000)
  expect(budget.overdrawn(20_000)).toBe(true)
})

test('what stays within the budget has all its stacks', () => {
  const { told, sampling: calm } = sampling('all', 0.05)
  expect(facts(calm, 10_000, 20_000, 4, 0.01)).toBe(80_000)
  expect(told).toEqual([])
})

test('a capture that the machine interrupts is no storm', () => {
  const { told, sampling: calm } = sampling('all', 0.05)
  facts(calm, 10_000, 2_000, 1, 0.01)
  // One that is timed takes far longer than any other: all that it speaks for would be more than the budget.
  calm.captured(20, 12_016)
  facts(calm, 12_017, 2_000, 1, 0.01)
  expect(told).toEqual([])
})

test('a storm is sampled until stacks take what they may, and after it all are taken again', () => {
  const { told, sampling: stormy } = sampling('all', 0.05)
  // All the stacks of one millisecond would take one millisecond.
  facts(stormy, 10_000, 3_000, 100, 0.01)
  expect(told[0]).toEqual({ stacks: 'sampled', every: 16, why: 'budget' })
  expect(told.every(({ stacks, why }) => stacks === 'sampled' && why === 'budget')).toBe(true)
  const taken = facts(stormy, 13_000, 10_000, 100, 0.01)
  expect(taken * 0.01).toBeLessThan(10_000 * 0.06)
  expect(taken).toBeGreaterThan(1_000)

  const before = told.length
  expect(facts(stormy, 23_000, 3_000, 1, 0.01)).toBeGreaterThan(1_000)
  expect(told.slice(before)).toEqual([{ stacks: 'all', every: 1, why: 'calm' }])
})

test('the first fact after a silence ends the sampling, and has its stack', () => {
  const { told, sampling: stormy } = sampling('all', 0.05)
  facts(stormy, 10_000, 3_000, 100, 0.01)
  expect(stormy.level).toBe('sampled')
  expect(stormy.wants('set', 60_000)).toBe(true)
  expect(told.at(-1)).toEqual({ stacks: 'all', every: 1, why: 'calm' })
})

test('a budget of 1 is no limit', () => {
  const { told, sampling: free } = sampling('all', 1)
  expect(facts(free, 10_000, 3_000, 1_000, 1)).toBe(3_000_000)
  expect(told).toEqual([])
})

test('what is asked to be sampled stays so: the first of each kind, and one of sixteen', () => {
  const { told, sampling: asked } = sampling('sampled', 0.05)
  const taken = Array.from({ length: 160 }, (_, index) => (asked.wants('set', 10_000) ? index : -1)).filter(
    (i) => i >= 0,
  )
  expect(taken.slice(0, 4)).toEqual([0, 1, 2, 3])
  expect(taken.length).toBe(4 + 10)
  // Another kind, and the same one a second later.
  expect(asked.wants('reset', 10_000)).toBe(true)
  expect(asked.wants('set', 11_500)).toBe(true)
  expect(facts(asked, 20_000, 20_000, 1, 0.01)).toBeLessThan(20_000 / 8)
  expect(told).toEqual([])
})

test('none is none, however calm it is', () => {
  const { told, sampling: none } = sampling('none', 0.05)
  expect(facts(none, 10_000, 20_000, 1, 0.01)).toBe(0)
  none.ask('all')
  expect(told).toEqual([{ stacks: 'all', every: 1, why: 'asked' }])
  expect(none.wants('set', 40_000)).toBe(true)
})
