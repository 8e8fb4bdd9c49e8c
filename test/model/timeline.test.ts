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

describe('a timeline', () => {
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

  test('a census of many contexts is no part of a replay', () => {
    const listed = (context: number) => ({ context, parent: context === 1 ? null : 1, kind: 'copy', entries: [] })
    const rest = { name: null, api: null, stack: null, ended: false }
    const contexts = Array.from({ length: 9_000 }, (_, index) => ({ ...rest, ...listed(index + 1) }))
    const facts = Array.from({ length: 60 }, (_, index) => {
      const draft = index % 20 === 9 ? { type: 'census', current: 1, variables: [], contexts } : readOf(index)
      return { seq: index + 1, at: index + 1, ...draft } as unknown as Fact
    })
    const timeline = new Timeline({ interval: 1_000, most: 2 })
    timeline.append(facts, {})
    // What a replay does not look at, nothing can be made of.
    for (const fact of facts) if (fact.type === 'census') fact.contexts.length = 0
    for (const seq of [10, 11, 29, 30, 31, 49, 50, 60]) {
      const world = timeline.at(seq)
      expect([world.seq, world.contexts.size]).toEqual([seq, 9_000])
    }
    expect(timeline.at(9).contexts.size).toBe(1)
  })

  test('however many of them came, the facts behind them are let go little by little', () => {
    const timeline = new Timeline({ interval: 16, most: 64, bytes: 8_000_000 })
    const listed = { context: 1, parent: null, kind: 'base', name: null, api: null, stack: null, ended: false }
    const value = { kind: 'string', text: '_'.repeat(2 ** 20) }
    const contexts = [{ ...listed, entries: [{ variable: 1, token: null, value, stack: null }] }]
    const facts = Array.from({ length: 100_000 }, (_, index) => {
      const draft = index < 100 ? { type: 'census', current: 1, variables: [], contexts } : readOf(index)
      return { seq: index + 1, at: index + 1, ...draft } as unknown as Fact
    })
    // As a large file comes.
    timeline.append(facts.slice(0, 100), {}, true)
    const kept: number[] = []
    for (let index = 100; index < facts.length; index += 100) {
      timeline.append(facts.slice(index, index + 100), {})
      if (timeline.head.letGo > 100) kept.push(timeline.bytes)
    }
    expect(Math.min(...kept)).toBeGreaterThan(5_000_000)
  })

  test('what lives takes its part of the room, and facts have some all the same', () => {
    const timeline = new Timeline({ interval: 16, most: 64, bytes: 1_000_000 })
    const facts = Array.from({ length: 20_000 }, (_, index) => {
      const context = {
        type: 'context-created',
        context: index + 1,
        parent: index === 0 ? null : 1,
        kind: 'copy',
        asOf: 0,
      }
      const draft = index < 1_000 ? { ...context, name: null, api: null, stack: null } : readOf(index)
      return { seq: index + 1, at: index + 1, ...draft } as unknown as Fact
    })
    const weights: number[] = []
    for (let index = 0; index < facts.length; index += 100) {
      timeline.append(facts.slice(index, index + 100), {})
      weights.push(timeline.bytes)
    }
    expect(timeline.head.letGo).toBeGreaterThan(0)
    expect(timeline.head.contexts.size).toBe(1_000)
    // A thousand contexts weigh half a million.
    expect(Math.max(...weights)).toBeLessThanOrEqual(1_000_000)
    expect(timeline.bytes).toBeGreaterThan(700_000)
  })
})

const readOf = (index: number) => ({ type: 'var-read', context: 1, variable: 1 + (index % 3), from: 'default' })
