// What a context held at an earlier moment: worked out once, whatever worlds are kept on the way, and right in each of them.

import { expect, test } from 'vitest'
import { holdingsAsOf } from '../../panel/model/history'
import { Timeline } from '../../panel/model/timeline'
import type { ContextId, Fact, VariableId } from '../../runtime/protocol'

const BASE = 1 as ContextId
const USER = 1 as VariableId

const fact = (seq: number, rest: object) => ({ seq, at: seq, ...rest }) as unknown as Fact
const contextOf = (seq: number, context: number, parent: number | null, asOf: number) =>
  fact(seq, { type: 'context-created', context, parent, asOf, kind: 'copy', name: null, api: null, stack: null })
const setOf = (seq: number, text = String(seq)) =>
  fact(seq, { type: 'var-set', context: 1, variable: 1, token: seq, value: { kind: 'number', text }, stack: null })

/** Sets of the facts 2 to `last`, each to its own number. */
const setsTo = (last: number): Fact[] => [
  contextOf(1, 1, null, 0),
  ...Array.from({ length: last - 1 }, (_, index) => setOf(index + 2)),
]

test('a world that is kept has nobody go back all the way again', () => {
  const facts = setsTo(5_000)
  let looks = 0
  Object.defineProperty(facts[2_500], 'seq', {
    get() {
      looks++
      return 2_501
    },
  })
  const timeline = new Timeline()
  timeline.append(facts, {})
  const kept = []
  for (let copy = 0; copy < 20; copy++) {
    const before = looks
    timeline.append([contextOf(5_001 + copy, 100 + copy, 1, 10)], {})
    expect(timeline.head.contexts.get((100 + copy) as ContextId)?.holdings.get(USER)?.value.text).toBe('10')
    if (copy > 0) expect(looks).toBe(before)
    // As the tree does at every picture.
    kept.push(timeline.head.contexts.fork())
  }
  expect(kept).toHaveLength(20)
})

test('worlds that went different ways have each its own past', () => {
  const timeline = new Timeline({ interval: 700, most: 8 })
  // The facts 1000 to 1099 come late.
  timeline.append(
    setsTo(2_000).filter(({ seq }) => seq < 1_000 || seq > 1_099),
    {},
  )
  const heldAt = (world: Timeline['head'], asOf: number) => {
    const base = world.contexts.edit(BASE)
    return base && Number(holdingsAsOf(base, asOf).get(USER)?.value.text)
  }
  const moments = [5, 300, 999, 1_050, 1_099, 1_100, 1_500, 2_000]
  const asTold = [5, 300, 999, 999, 999, 1_100, 1_500, 2_000]
  expect(moments.map((asOf) => heldAt(timeline.head, asOf))).toEqual(asTold)
  const before = timeline.at(2_000)
  const earlier = timeline.at(1_300)
  timeline.append(
    setsTo(1_099).filter(({ seq }) => seq >= 1_000),
    {},
  )
  expect(moments.map((asOf) => heldAt(timeline.head, asOf))).toEqual(moments)
  expect(moments.map((asOf) => heldAt(before, asOf))).toEqual(asTold)
  expect(moments.map((asOf) => heldAt(earlier, asOf))).toEqual([...asTold.slice(0, 6), 1_300, 1_300])
})
