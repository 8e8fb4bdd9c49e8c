// What is kept of all facts is the same whether they are looked at as they come, in portions or all at once, and nothing is kept of those that
// were let go.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FactReader } from '../../../panel/model/selectors/fact-reader'
import { LaneBook, wholeSpan } from '../../../panel/model/selectors/lanes'
import { VariableHistory } from '../../../panel/model/selectors/variable-history'
import { Timeline } from '../../../panel/model/timeline'
import type { Fact, VariableId } from '../../../runtime/protocol'
import { randomFacts } from '../random-facts'
import { lifeOf, moments } from '../random-life'

type Cuts = [from: number, to: number, portion: number][]

const cuts: fc.Arbitrary<Cuts> = fc.array(fc.tuple(fc.nat(150), fc.nat(150), fc.integer({ min: 1, max: 60 })), {
  minLength: 1,
  maxLength: 6,
})

/** Parts of the facts, some of them late and some again, and after each some looks, of which the last ones end it. */
function readInPortions<Reader extends FactReader>(
  facts: readonly Fact[],
  cuts: Cuts,
  bytes: number,
  make: (timeline: Timeline) => Reader,
  check: (kept: Reader, timeline: Timeline) => void,
): void {
  const timeline = new Timeline({ interval: 3, most: 4, bytes })
  const reader = make(timeline)
  for (const [from, to, portion] of cuts) {
    timeline.append(facts.slice(Math.min(from, to), Math.max(from, to)), {})
    reader.update(portion)
    if (portion % 3 === 0) continue
    for (let looks = 0; !reader.isComplete; looks++) {
      expect(looks).toBeLessThanOrEqual(timeline.facts.length)
      reader.update(portion)
    }
    check(reader, timeline)
  }
}

test('the history of every variable', () => {
  fc.assert(
    fc.property(randomFacts, cuts, fc.integer({ min: 200, max: 20_000 }), (facts, cuts, bytes) => {
      readInPortions(
        facts,
        cuts,
        bytes,
        (timeline) => new VariableHistory(timeline),
        (history, timeline) => {
          for (let variable = 1 as VariableId; variable <= 12; variable++) {
            const writes = timeline.facts.filter(
              (fact) => (fact.type === 'var-set' || fact.type === 'var-reset') && fact.variable === variable,
            )
            expect([...history.newest(variable, Number.POSITIVE_INFINITY)]).toEqual(writes.reverse())
          }
        },
      )
    }),
    { numRuns: 300 },
  )
})

test('the lanes of every context', () => {
  fc.assert(
    fc.property(moments, cuts, fc.constantFrom(3_000, 8_000, 1e9), (deeds, cuts, bytes) => {
      readInPortions(
        lifeOf(deeds),
        cuts,
        bytes,
        (timeline) => new LaneBook(timeline),
        (book, timeline) => {
          const { facts, head } = timeline
          const fresh = new LaneBook(timeline)
          fresh.update()
          expect(Reflect.get(book, 'counts')).toEqual(Reflect.get(fresh, 'counts'))
          const span = wholeSpan(timeline, 500)
          for (const entry of head.contexts.values()) {
            expect(book.countsOf(entry.id)).toEqual(fresh.countsOf(entry.id))
            expect(book.lane(entry, span, head.at).marks).toEqual(fresh.lane(entry, span, head.at).marks)
            const sets = facts.filter((fact) => fact.type === 'var-set' && fact.context === entry.id)
            expect(book.countsOf(entry.id).sets).toBe(sets.length)
          }
        },
      )
    }),
    { numRuns: 300 },
  )
})
