// Parts of a recording: each is itself a recording, of which what is there is told as it is in all of it.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordingFrom, recordingOf, recordingOfAll, recordingUpTo, recordingWithin } from '../../panel/model/excerpt'
import { parseRecording, toRecording } from '../../panel/model/recording'
import { completeness } from '../../panel/model/selectors/completeness'
import { Timeline } from '../../panel/model/timeline'
import type { ContextEntry, World } from '../../panel/model/world'
import type { ContextId } from '../../runtime/protocol'
import { lifeOf, moments } from './random-life'
import { story } from './story'

const page = { url: '', title: '', exported: '' }

/** The world of an excerpt that left, and came back. */
function opened(excerpt: Parameters<typeof toRecording>[0]): { world: World; cut: string | undefined } {
  const parsed = parseRecording(JSON.stringify(toRecording(excerpt, page, '1', { redaction: null })))
  if (!parsed.ok) throw new Error(parsed.error)
  expect(parsed.ignored).toBe(0)
  const timeline = new Timeline()
  timeline.append(parsed.recording.facts, parsed.recording.stacks)
  return { world: timeline.head, cut: parsed.recording.options.cut }
}

const said = ({ state, holdings, parent, kind }: ContextEntry) => ({
  state,
  parent,
  kind,
  values: [...holdings.values()].map(({ variable, value }) => [variable, value.text]).sort(),
})

const orders = story(`
  user is a variable
  base starts task Ada @ desk.ts:3
  Ada sets user = "Ada" as a @ desk.ts:4
  Ada starts task receipt @ desk.ts:5
  base starts task Grace @ desk.ts:3
  Grace sets user = "Grace" as g @ desk.ts:6
  receipt sets user = "nobody" as r @ desk.ts:9
  Ada resets user by a
`)

describe('a context and what it needs', () => {
  const of = (name: string) => opened(recordingOf(orders.timeline, orders.context(name)))

  test('is its path and what hangs below it, and nobody else', () => {
    const { world, cut } = of('Ada')
    expect([...world.contexts.keys()]).toEqual([
      ...new Set([1 as ContextId, orders.context('Ada'), orders.context('receipt')]),
    ])
    expect(JSON.stringify(recordingOf(orders.timeline, orders.context('Ada')))).not.toContain('Grace')
    expect(cut).toBe('Only task Ada, what it was copied from and what hangs below it.')
    expect(completeness(world).lost).toBeGreaterThan(0)
    const all = orders.world
    for (const entry of world.contexts.values()) {
      expect(said(entry)).toEqual(said(all.contexts.get(entry.id) as ContextEntry))
    }
  })

  test('has the other side of a token that crossed', () => {
    const told = story(`
      user is a variable
      base starts task Ada
      base starts task Eve
      Ada sets user = "Ada" as a @ desk.ts:4
      Eve is refused user by a: other-context @ desk.ts:7
    `)
    const { world } = opened(recordingOf(told.timeline, told.context('Eve')))
    expect(world.contexts.has(told.context('Ada'))).toBe(true)
  })
})

test('up to a moment the world is what it was then, and from a moment on it ends as it did', () => {
  fc.assert(
    fc.property(moments, fc.nat(), (all, pick) => {
      const { facts, stacks } = { facts: lifeOf(all), stacks: {} }
      const timeline = new Timeline()
      timeline.append(facts, stacks)
      const seq = facts[pick % facts.length]?.seq ?? 1
      const values = (world: World) => [...world.contexts.values()].map((entry) => [entry.id, said(entry).values])

      const before = opened(recordingUpTo(timeline, seq))
      expect(before.world.seq).toBe(timeline.at(seq).seq)
      expect(values(before.world)).toEqual(values(timeline.at(seq)))

      const after = opened(recordingFrom(timeline, seq))
      expect(after.world.seq).toBe(timeline.head.seq)
      // What was handed over before that moment, and is told of only afterwards, has a past that no gap keeps; nor have copies of it. What
      // was collected by then is in no census, whatever is told of it later.
      const then = timeline.at(seq).contexts
      const isOfLostPast = (context: ContextId | null): boolean => {
        const entry = context === null ? undefined : timeline.head.contexts.get(context)
        if (entry === undefined) return false
        const isLost = (entry.created > seq && entry.asOf < seq) || then.get(entry.id)?.state === 'collected'
        return isLost || isOfLostPast(entry.parent)
      }
      const living = (world: World) =>
        [...world.contexts.values()]
          .filter(({ id, state }) => state === 'alive' && !isOfLostPast(id))
          .map((entry) => [entry.id, said(entry).values])
          .sort()
      // Of what lived at that moment a census does not say which task it belongs to, so that its end may go unheard, as after any gap.
      const there = new Map(values(after.world) as [number, unknown][])
      for (const [id, held] of living(timeline.head) as [number, unknown][]) expect(there.get(id)).toEqual(held)
    }),
    { numRuns: 60 },
  )
})

describe('a size that is not to be exceeded', () => {
  const long = story(
    `user is a variable\n${Array.from({ length: 500 }, (_, index) => `base sets user = "number ${index}" as t${index}`).join('\n')}`,
  ).timeline
  const write = (excerpt: Parameters<typeof toRecording>[0]) => JSON.stringify(toRecording(excerpt, page, '1'))

  test('takes away nothing where all fits', () => {
    expect(recordingWithin(long, 1e9, write).excerpt).toEqual(recordingOfAll(long))
  })

  test.each([50_000, 20_000, 5_000])('of %d characters leaves the newest facts, and says what is gone', (most) => {
    const { excerpt, text } = recordingWithin(long, most, write)
    expect(text.length).toBeLessThanOrEqual(most)
    expect(text.length).toBeGreaterThan(most * 0.8)
    expect(excerpt.cut).toMatch(/^What came up to fact \d+ is left out, but for what lived then\.$/)
    const { world } = opened(excerpt)
    expect(excerpt.facts[0]).toMatchObject({ type: 'gap', from: 1 })
    expect(excerpt.facts.some(({ type }) => type === 'census')).toBe(true)
    expect(world.seq).toBe(long.head.seq)
    expect([...(world.contexts.get(1 as ContextId)?.holdings.values() ?? [])][0]?.value.text).toBe('"number 499"')
  })

  test('that nothing fits leaves what lives', () => {
    const { excerpt } = recordingWithin(long, 10, write)
    expect(excerpt.facts.map(({ type }) => type)).toEqual(expect.arrayContaining(['gap', 'census']))
    expect(excerpt.facts.length).toBeLessThan(10)
  })
})
