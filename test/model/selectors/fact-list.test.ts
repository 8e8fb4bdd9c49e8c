// The list of events grows with the facts, and is always what one look at all of them would give.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FACT_GROUPS, factContext, factLabel, GROUP_OF } from '../../../panel/model/selectors/fact-labels'
import { type FactFilter, FactList } from '../../../panel/model/selectors/fact-list'
import { Timeline } from '../../../panel/model/timeline'
import type { ContextId } from '../../../runtime/protocol'
import { randomFacts } from '../random-facts'
import { story } from '../story'

const filters = fc
  .tuple(fc.subarray([...FACT_GROUPS]), fc.option(fc.integer({ min: 1, max: 4 })))
  .map(
    ([groups, context]): FactFilter => ({ groups: new Set(groups), context: context as ContextId | null, query: '' }),
  )

/** All that is listed, by one look at each fact that is kept. */
const plainly = (timeline: Timeline, { groups, context }: FactFilter) =>
  timeline.facts
    .filter((fact) => groups.has(GROUP_OF[fact.type]))
    .filter((fact) => context === null || factContext(timeline.head, fact) === context)
    .map(({ seq }) => seq)

const listed = (list: FactList) => Array.from({ length: list.length }, (_, index) => list.fact(index)?.seq)

test('a list that is brought up to date is the one that is made anew, whatever comes late or is let go', () => {
  fc.assert(
    fc.property(
      randomFacts,
      filters,
      fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 6 }),
      fc.integer({ min: 200, max: 20_000 }),
      (facts, filter, cuts, bytes) => {
        const timeline = new Timeline({ interval: 3, most: 4, bytes })
        const list = new FactList(timeline, { ...filter, context: null })
        for (const [a, b] of cuts) {
          timeline.append(facts.slice(Math.min(a, b), Math.max(a, b)), {})
          list.update()
          expect(listed(list)).toEqual(plainly(timeline, { ...filter, context: null }))
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('one context’s own', () => {
  fc.assert(
    fc.property(randomFacts, filters, (facts, filter) => {
      const timeline = new Timeline()
      timeline.append(facts, {})
      const list = new FactList(timeline, filter)
      list.update()
      expect(listed(list)).toEqual(plainly(timeline, filter))
    }),
    { numRuns: 200 },
  )
})

test('a moment between two events leads to the one before', () => {
  const { timeline } = story(
    'user is a variable\nbase sets user = 1 as t1\nbase reads user, own\nbase resets user by t1',
  )
  const list = new FactList(timeline, { groups: new Set(['values']), context: null, query: '' })
  list.update()
  const places = [0, ...timeline.facts.map(({ seq }) => seq), 99].map((seq) => list.indexAt(seq))
  expect(places[0]).toBe(-1)
  expect(places.at(-1)).toBe(list.length - 1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test('every fact that anybody could state has its words', () => {
  fc.assert(
    fc.property(randomFacts, (facts) => {
      const timeline = new Timeline()
      timeline.append(facts, {})
      for (const fact of facts) {
        const label = factLabel(timeline.head, fact)
        expect(label).not.toBe('')
        expect(label).not.toMatch(/undefined|\[object/)
        expect(label).not.toBe(fact.type)
      }
    }),
    { numRuns: 300 },
  )
})

test('what happened is said as it is said elsewhere', () => {
  const told = story(`
    user is a variable
    base sets user = "ada" as t1
    base starts task Alice
    Alice reads user, inherited
    Alice settles
    base resets user by t1
  `)
  const labels = told.facts.map((fact) => factLabel(told.world, fact))
  expect(labels).toMatchInlineSnapshot(`
    [
      "the recording begins",
      "the base context begins",
      "variable user was made",
      "set user = "ada"",
      "task Alice was copied from the base context",
      "task Alice was made",
      "read user, inherited",
      "task Alice is fulfilled",
      "reset user: unset again",
    ]
  `)
})
