// Contexts over time, as stories whose every line takes a millisecond.

import { describe, expect, test } from 'vitest'
import {
  axisTimes,
  LaneBook,
  panned,
  type Span,
  seqAt,
  showing,
  timeOf,
  wholeSpan,
  xOf,
  zoomed,
} from '../../../panel/model/selectors/lanes'
import { Timeline } from '../../../panel/model/timeline'
import type { ContextEntry } from '../../../panel/model/world'
import type { Fact } from '../../../runtime/protocol'
import { Story } from '../story'

const served = `
  user is a variable
  base starts task Alice
  task Alice begins
  Alice sets user = "Alice" as a
  Alice resets user by a
  Alice is refused user by a: used
  Alice settles
  base sets user = "ada" as b
`

function bookOf(story: Story, timeline = story.timeline) {
  const book = new LaneBook(timeline)
  book.update()
  const entry = (name: string) => timeline.head.contexts.get(story.context(name)) as ContextEntry
  return { book, timeline, entry }
}

/** A pixel a millisecond. */
const plain = ({ facts, head }: Timeline): Span => ({
  from: facts[0]?.at ?? 0,
  to: head.at,
  width: head.at - (facts[0]?.at ?? 0),
})

describe('a lane', () => {
  test('goes from the beginning of its context to its end, and shows what ran and what was done', () => {
    const story = new Story(served)
    const { book, timeline, entry } = bookOf(story)
    const alice = entry('Alice')
    const lane = book.lane(alice, plain(timeline), timeline.head.at)
    const at = (type: Fact['type']) => (timeline.facts.find((fact) => fact.type === type)?.at ?? 0) - 1
    expect(lane.open).toBe(false)
    expect(lane.bar?.x).toBe(alice.createdAt - 1)
    expect(lane.marks.map(({ kind, x }) => [kind, x])).toEqual([
      ['set', at('var-set')],
      ['reset', at('var-reset')],
      ['error', at('token-error')],
    ])
    expect(lane.works).toEqual([{ x: at('task-started'), width: at('task-settled') - at('task-started') }])
    expect(book.countsOf(alice.id)).toEqual({ sets: 1, resets: 1, errors: 1 })
  })

  test('of a context that lives is open, to the newest fact', () => {
    const story = new Story(served)
    const { book, timeline, entry } = bookOf(story)
    const { bar, open } = book.lane(entry('base'), plain(timeline), timeline.head.at)
    expect(open).toBe(true)
    expect(bar).toEqual({ x: entry('base').createdAt - 1, width: timeline.head.at - entry('base').createdAt })
  })

  test('outside of the span has no bar', () => {
    const story = new Story(served)
    const { book, timeline, entry } = bookOf(story)
    const lane = book.lane(entry('Alice'), { from: 1, to: 2, width: 100 }, timeline.head.at)
    expect(lane.bar).toBeNull()
    expect(lane.marks).toEqual([])
  })

  test('has at most one mark a pixel, however much was done, and tells of an error among them', () => {
    const sets = Array.from({ length: 5_000 }, (_, index) => `Alice sets user = ${index} as t${index}`).join('\n')
    const story = new Story(
      `user is a variable\nbase starts task Alice\n${sets}\nAlice resets user by t0\nAlice is refused user by t0: used`,
    )
    const { book, timeline, entry } = bookOf(story)
    const { marks } = book.lane(entry('Alice'), wholeSpan(timeline, 300), timeline.head.at)
    expect(marks.length).toBeLessThanOrEqual(301)
    expect(marks.length).toBeGreaterThan(250)
    expect(marks.reduce((sum, { many }) => sum + many, 0)).toBe(5_002)
    expect(marks.at(-1)?.kind).toBe('error')
  })
})

test('a book that grows with its timeline says what one says that comes to all of it', () => {
  const story = new Story(served)
  const grown = new Timeline()
  const book = new LaneBook(grown)
  for (const fact of story.facts) {
    grown.append([fact], story.stacks)
    book.update()
  }
  const { book: whole, timeline, entry } = bookOf(story)
  for (const name of ['base', 'Alice'])
    expect(book.lane(entry(name), plain(timeline), timeline.head.at)).toEqual(
      whole.lane(entry(name), plain(timeline), timeline.head.at),
    )
})

test('facts that come late, before others, are in their place', () => {
  const story = new Story(served)
  const late = new Timeline()
  const book = new LaneBook(late)
  late.append(story.facts.slice(5), story.stacks)
  book.update()
  late.append(story.facts.slice(0, 5), story.stacks)
  book.update()
  expect(book.countsOf(story.context('Alice'))).toEqual({ sets: 1, resets: 1, errors: 1 })
})

test('a step leads to what happened in the same context', () => {
  const story = new Story(served)
  const { book, timeline, entry } = bookOf(story)
  const seqOf = (type: Fact['type']) => timeline.facts.find((fact) => fact.type === type)?.seq
  const { id } = entry('Alice')
  expect(book.around(id, timeline.head.seq + 1)).toEqual({ before: seqOf('token-error'), after: null })
  expect(book.around(id, seqOf('var-reset') ?? 0)).toEqual({ before: seqOf('var-set'), after: seqOf('token-error') })
})

describe('time', () => {
  const whole = { from: 0, to: 1000, width: 500 }

  test('and place lead to each other', () => {
    for (const x of [0, 1, 250, 499]) expect(xOf(timeOf(x, whole), whole)).toBeCloseTo(x)
  })

  test('stays under the pointer that zooms, and no further away than all of it', () => {
    const near = zoomed(whole, 2, 100, whole)
    expect(near.to - near.from).toBe(500)
    expect(timeOf(100, near)).toBeCloseTo(timeOf(100, whole))
    expect(zoomed(near, 1 / 100, 100, whole)).toEqual(whole)
    expect(zoomed(whole, 1e9, 100, whole).to - zoomed(whole, 1e9, 100, whole).from).toBeCloseTo(1)
  })

  test('is moved no further than there is any', () => {
    const near = zoomed(whole, 4, 0, whole)
    expect(panned(near, -1, whole)).toEqual(near)
    expect(panned(near, 100, whole)).toEqual({ from: 750, to: 1000, width: 500 })
    expect(showing(near, 900, whole)).toEqual({ from: 650, to: 900, width: 500 })
    expect(showing(near, 100, whole)).toBe(near)
  })

  test('is written at round numbers with room between them', () => {
    expect(axisTimes(whole)).toEqual([0, 200, 400, 600, 800, 1000])
    expect(axisTimes({ from: 3, to: 3, width: 500 }).length).toBeLessThan(10)
    // Where a step is nothing beside the time itself, as a page may make it up.
    for (const from of [1e16, 1e300]) expect(axisTimes({ from, to: from, width: 1280 }).length).toBeLessThan(20)
  })

  test('of a click is that of the newest fact by then', () => {
    const { timeline } = new Story(served)
    expect(seqAt(timeline, 3.5)).toBe(3)
    expect(seqAt(timeline, 0)).toBe(0)
    expect(seqAt(timeline, 1e9)).toBe(timeline.head.seq)
    expect(seqAt(new Timeline(), 5)).toBe(0)
  })
})
