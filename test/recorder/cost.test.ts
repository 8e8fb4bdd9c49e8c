// What recording costs, beside what it is made of. Ratios with much room, measured together: the machine may be busy.

import { expect, test } from 'vitest'
import { Context, ContextVar } from '../../runtime'
import { type RecordOptions, record } from '../../runtime/recorder'

const variable = new ContextVar<number>('costly')
const FACTS = 4_000
const kept: Error[] = []

function deep<T>(work: () => T, depth = 12): T {
  return depth === 0 ? work() : deep(work, depth - 1)
}

function writes(): void {
  for (let i = 0; i < FACTS / 2; i++) variable.reset(variable.set(i))
}

function errors(): void {
  for (let i = 0; i < FACTS; i++) kept[i % 500] = new Error()
}

function took(work: () => void): number {
  const begin = performance.now()
  work()
  return performance.now() - begin
}

/** Of one fact, in bare errors. The best of many turns of each: what else the machine does can only add. */
function cost(options: RecordOptions): number {
  const recording = record({ budget: 1, ...options })
  const context = new Context()
  const best = { fact: Number.POSITIVE_INFINITY, error: Number.POSITIVE_INFINITY }
  for (let turn = 0; turn < 40; turn++) {
    best.fact = Math.min(
      best.fact,
      took(() => context.run(() => deep(writes))),
    )
    best.error = Math.min(
      best.error,
      took(() => deep(errors)),
    )
  }
  recording.stop()
  return best.fact / best.error
}

// Here it is a twelfth, and it was eight times as much.
test('a set without its stack takes a part of what a bare error does', () => {
  expect(cost({ stacks: 'none' })).toBeLessThan(1 / 2)
})

test('sampled, it takes less than with every stack', () => {
  expect(cost({ stacks: 'sampled' })).toBeLessThan(cost({ stacks: 'all' }) * 0.7)
})

test('an answer holds so much at most, however much there is to tell', () => {
  const recording = record({ budget: 1 })
  new Context().run(() => {
    for (let turn = 0; turn < 5; turn++) deep(writes)
  })
  const answer = JSON.parse(recording.since(0))
  recording.stop()
  expect(answer.facts.length).toBe(4_000)
  expect(answer.last).toBeGreaterThan(20_000)
})
