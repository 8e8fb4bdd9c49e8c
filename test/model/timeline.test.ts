import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, emptyWorld } from '../../panel/model/advance'
import { Timeline } from '../../panel/model/timeline'
import type { World } from '../../panel/model/world'
import type { Fact } from '../../runtime/protocol'
import { drawTree, drawWorld } from './drawing'
import { randomFacts } from './random-facts'
import { story } from './story'

function oneByOne(facts: readonly Fact[]): World {
  const world = emptyWorld()
  for (const fact of facts) advance(world, fact)
  return world
}

/** Cuts facts into batches as a link might deliver them: overlapping, repeated, out of order. */
const deliveries = randomFacts.chain((facts) =>
  fc.record({
    facts: fc.constant(facts),
    batches: fc.array(
      fc.tuple(fc.nat(facts.length), fc.nat(facts.length), fc.boolean()).map(([a, b, backwards]) => {
        const batch = facts.slice(Math.min(a, b), Math.max(a, b))
        return backwards ? batch.reverse() : batch
      }),
      { maxLength: 8 },
    ),
  }),
)

// Random programs take their time on a busy machine.
describe('a timeline', { timeout: 30_000 }, () => {
  test('makes the same world of any delivery as of the facts one by one', () => {
    fc.assert(
      fc.property(deliveries, fc.integer({ min: 1, max: 5 }), ({ facts, batches }, interval) => {
        const timeline = new Timeline({ interval, most: 3 })
        for (const batch of batches) timeline.append(batch, {})
        const delivered = new Set(batches.flat())
        const expected = facts.filter((fact) => delivered.has(fact))
        expect(timeline.facts).toEqual(expected)
        expect(drawWorld(timeline.head)).toBe(drawWorld(oneByOne(expected)))
      }),
      { numRuns: 150 },
    )
  })

  test('knows the world at any moment, and nobody who looks at one changes another', () => {
    fc.assert(
      fc.property(randomFacts, fc.integer({ min: 1, max: 7 }), (facts, interval) => {
        const timeline = new Timeline({ interval, most: 4 })
        timeline.append(facts, {})
        const head = drawWorld(timeline.head)
        for (let seq = 0; seq <= (facts.at(-1)?.seq ?? 0) + 1; seq++) {
          const world = timeline.at(seq)
          expect(drawWorld(world)).toBe(drawWorld(oneByOne(facts.filter((fact) => fact.seq <= seq))))
          // Whoever asked owns it, and may go on from there.
          for (const fact of facts) advance(world, { ...fact, seq: (fact.seq + 1000) as Fact['seq'] })
        }
        expect(drawWorld(timeline.head)).toBe(head)
      }),
      { numRuns: 40 },
    )
  })

  test('an earlier world stays as it was while facts arrive', () => {
    const told = story(
      'user is a variable\nbase starts task Alice\nbase sets user = "ada" as t1\nAlice sets user = "x" as t2',
    )
    const timeline = new Timeline()
    timeline.append(told.facts.slice(0, 6), told.stacks)
    const earlier = timeline.at(6)
    timeline.append(told.facts, told.stacks)
    expect(drawTree(earlier)).toBe('base: user = "ada" (own)\n  Alice')
    expect(drawTree(timeline.head)).toBe('base: user = "ada" (own)\n  Alice: user = "x" (own)')
  })

  test('says when something changed', () => {
    const told = story('base starts task Alice @ app.js:3')
    const timeline = new Timeline()
    expect(timeline.version).toBe(0)
    timeline.append(told.facts, told.stacks)
    expect(timeline.version).toBe(1)
    timeline.append(told.facts, told.stacks)
    timeline.append([], {})
    expect(timeline.version).toBe(1)
    timeline.append([], { 99: [{ name: '', url: 'late.js', line: 1, column: 1 }] })
    expect(timeline.version).toBe(2)
    expect(timeline.head.stacks[99]?.[0]?.url).toBe('late.js')
  })

  test('a hole is missing until the facts that fill it come', () => {
    const told = story('user is a variable\nbase sets user = "1" as t1\nbase copies a\nbase copies b')
    const timeline = new Timeline()
    timeline.append([...told.facts.slice(0, 2), ...told.facts.slice(4)], {})
    expect(timeline.head.missing).toEqual([{ from: 3, to: 4 }])
    timeline.append(told.facts.slice(2, 4), {})
    expect(timeline.head.missing).toEqual([])
    expect(drawTree(timeline.head)).toBe(drawTree(told.world))
  })
})
