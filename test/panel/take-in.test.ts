// Facts that cost much are taken in by portions, and what nobody wants any more is left.

import { expect, test } from 'vitest'
import { Timeline } from '../../panel/model/timeline'
import { takeIn } from '../../panel/session/take-in'
import { giants } from '../model/fuzz/giants'

const hard = () => {
  const make = giants['trees that are hung below a long chain']
  if (make === undefined) throw new Error('There is such a giant.')
  return make(5_000)
}

test('others have their turn meanwhile, and all comes in', async () => {
  const timeline = new Timeline()
  const { facts, stacks } = hard()
  let longest = 0
  let last = performance.now()
  const beat = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
    timer = setTimeout(beat)
  }
  let timer = setTimeout(beat)
  const began = performance.now()
  expect(await takeIn(timeline, { facts, stacks })).toBe(true)
  const took = performance.now() - began
  clearTimeout(timer)
  expect(timeline.facts).toHaveLength(facts.length)
  expect(longest).toBeLessThan(took / 2)
})

test('what nobody wants any more is left', async () => {
  const timeline = new Timeline()
  const { facts, stacks } = hard()
  expect(await takeIn(timeline, { facts, stacks }, () => false)).toBe(false)
  expect(timeline.facts.length).toBeLessThan(facts.length)
})
