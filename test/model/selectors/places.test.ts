// Places are columns that grow with whatever was there once, so those of a page are given to others; who goes back and forth in time
// finds each context where it stood.

import { expect, test } from 'vitest'
import { Places } from '../../../panel/model/selectors/places'
import { Timeline } from '../../../panel/model/timeline'
import type { Fact, Seq } from '../../../runtime/protocol'

const MANY = 5_000

const created = (seq: number, context: number): Fact =>
  ({
    seq,
    at: seq,
    type: 'context-created',
    context,
    parent: context === 1 ? null : 1,
    kind: context === 1 ? 'base' : 'copy',
    name: null,
    api: null,
    stack: null,
    asOf: 0,
  }) as unknown as Fact

function grown(): Timeline {
  const timeline = new Timeline()
  timeline.append(
    Array.from({ length: MANY }, (_, index) => created(index + 1, index + 1)),
    {},
  )
  return timeline
}

test('a world of few contexts takes few places, whatever was there before', () => {
  const timeline = grown()
  const places = new Places()
  places.follow(timeline.head, false)
  expect(places.length).toBe(MANY)
  places.follow(timeline.at(10), false)
  expect(places.length).toBe(10)
})

test('who looks back gives no place away, and has each context at its own again', () => {
  const timeline = grown()
  const newest = new Places()
  newest.follow(timeline.head, false)
  const past = newest.fork()
  const ids = [...past.ids]
  for (const seq of [10, MANY - 7, 0, MANY]) {
    past.follow(timeline.at(seq as Seq), false)
    expect(past.ids).toEqual(ids)
    expect(past.there.subarray(0, MANY)).toEqual(Uint8Array.from(ids, (id) => (id <= seq ? 1 : 0)))
    expect([...past.parents.subarray(0, MANY)]).toEqual(ids.map((id) => (id === 1 ? -1 : 0)))
  }
})
