// Facts that cost much are taken in by portions, and what nobody wants any more is left.

import { expect, test, vi } from 'vitest'
import { Timeline } from '../../panel/model/timeline'
import { takeIn } from '../../panel/session/take-in'
import { giants } from '../model/fuzz/giants'

const hard = () => {
  const make = giants['trees that are hung below a long chain']
  if (make === undefined) throw new Error('There is such a giant.')
  return make(5_000)
}

test('others have their turn as often as it took long, and all comes in', async () => {
  // By a clock of its own, on which each look is fifty milliseconds after the one before.
  let looks = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => 50 * ++looks)
  const timeline = new Timeline()
  const { facts, stacks } = hard()
  let turns = 0
  const beat = () => {
    turns++
    next = setImmediate(beat)
  }
  let next = setImmediate(beat)
  expect(await takeIn(timeline, { facts, stacks })).toBe(true)
  clearImmediate(next)
  clock.mockRestore()
  expect(timeline.facts).toHaveLength(facts.length)
  expect(looks).toBeGreaterThan(facts.length / 100)
  expect(turns).toBeGreaterThan(looks / 4)
})

test('what nobody wants any more is left', async () => {
  const timeline = new Timeline()
  const { facts, stacks } = hard()
  expect(await takeIn(timeline, { facts, stacks }, () => false)).toBe(false)
  expect(timeline.facts.length).toBeLessThan(facts.length)
})
