// Parts of a recording: each is itself a recording, of which what is there is told as it is in all of it.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL, recordingOf, recordingOfAll, recordingWithin } from '../../panel/model/excerpt'
import { parseRecording } from '../../panel/model/recording'
import { toRecording } from '../../panel/model/recording-text'
import { completeness } from '../../panel/model/selectors/completeness'
import { contextDetails } from '../../panel/model/selectors/details'
import { contextLabel } from '../../panel/model/selectors/labels'
import { provenance } from '../../panel/model/selectors/provenance'
import { Timeline } from '../../panel/model/timeline'
import type { ContextEntry, World } from '../../panel/model/world'
import type { ContextId, VariableId } from '../../runtime/protocol'
import { lifeOf, moments, stacks } from './random-life'
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

/** What the panel shows of a context, but for what others alone know: that a token from above is used. */
function shownOf(world: World, context: ContextId) {
  const details = contextDetails(world, context)
  return (
    details && { ...details, rows: details.rows.map((row) => (row.from === 'own' ? row : { ...row, token: null })) }
  )
}

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
  const excerptOf = (name: string) => recordingOf(orders.timeline, { ...ALL, context: orders.context(name) })

  test('is its path and what hangs below it, and nobody else', () => {
    const { world, cut } = opened(excerptOf('Ada'))
    expect([...world.contexts.keys()]).toEqual([
      ...new Set([1 as ContextId, orders.context('Ada'), orders.context('receipt')]),
    ])
    expect(JSON.stringify(excerptOf('Ada'))).not.toContain('Grace')
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
    const { world } = opened(recordingOf(told.timeline, { ...ALL, context: told.context('Eve') }))
    expect(world.contexts.has(told.context('Ada'))).toBe(true)
    const other = opened(recordingOf(told.timeline, { ...ALL, context: told.context('Ada') })).world
    expect(other.refusals).toHaveLength(1)
    expect(contextLabel(other, told.context('Eve'))).toBe('Eve')
  })

  test('has a default that was found changed elsewhere, which is everybody’s', () => {
    const told = story(`
      cart is a variable, default [] @ shop.ts:2
      base starts task Ada
      base starts task Eve
      Eve finds the default of cart changed to [1] @ shop.ts:9
      Ada reads cart, default
    `)
    const { world } = opened(recordingOf(told.timeline, { ...ALL, context: told.context('Ada') }))
    expect([...world.changedDefaults.values()].map(({ newest }) => newest.context)).toEqual([told.context('Eve')])
    expect(contextLabel(world, told.context('Eve'))).toBe('Eve')
  })

  test('shows it as it is in all of the recording', () => {
    fc.assert(
      fc.property(moments, fc.nat(), (all, pick) => {
        // A census follows a gap where a recorder tells it, and what is left out here is one: what it did not settle, it would.
        const honest = all.filter(({ does }) => does !== 'all are listed' && does !== 'is listed')
        const timeline = new Timeline()
        timeline.append(lifeOf(honest), stacks)
        const contexts = [...timeline.head.contexts.keys()]
        const context = contexts[pick % contexts.length] as ContextId
        const { world } = opened(recordingOf(timeline, { ...ALL, context }))
        const shown = shownOf(timeline.head, context)
        expect(shownOf(world, context)).toEqual(shown)
        // But that there may be more in what is missing.
        const why = (of: World, variable: VariableId) =>
          provenance(of, context, variable).filter(({ kind }) => kind !== 'unknown')
        for (const { variable } of shown?.rows ?? []) expect(why(world, variable)).toEqual(why(timeline.head, variable))
      }),
      { numRuns: 300 },
    )
  })
})

describe('from a moment on', () => {
  test('tasks that go on end as they did, and what is over has its name', () => {
    fc.assert(
      fc.property(moments, fc.nat(), (all, pick) => {
        // How many runs are on the stack, a census does not know.
        const plain = all.filter(
          ({ does }) => !['enters', 'all are listed', 'is listed', 'facts are lost'].includes(does),
        )
        const timeline = new Timeline()
        timeline.append(lifeOf(plain), {})
        const seq = timeline.facts[pick % timeline.facts.length]?.seq ?? 1
        const { world } = opened(recordingOf(timeline, { ...ALL, after: seq }))
        const then = timeline.at(seq).contexts
        for (const [id, { state, kind }] of timeline.head.contexts) {
          if (kind !== 'task' || then.get(id)?.state === 'collected') continue
          expect([id, world.contexts.get(id)?.state]).toEqual([id, state])
          expect(contextLabel(world, id)).toBe(contextLabel(timeline.head, id))
        }
      }),
      { numRuns: 200 },
    )
  })

  test.each([0, 1, 2])('loses nothing where there is no room to tell what lived: fact %d', (after) => {
    const excerpt = recordingOf(orders.timeline, { ...ALL, after })
    expect(excerpt).toEqual(recordingOfAll(orders.timeline))
  })

  test('and of one context, up to another moment, says all that it leaves out', () => {
    const { facts } = orders.timeline
    const part = { context: orders.context('Ada'), after: 6, upTo: 8 }
    const { world, cut } = opened(recordingOf(orders.timeline, part))
    expect(cut).toBe(
      'What came up to fact 6 is left out, but for what lived then. What came after fact 8 is left out. Only task Ada, what it was copied from and what hangs below it.',
    )
    expect(facts.length).toBeGreaterThan(8)
    expect(world.seq).toBeLessThanOrEqual(8)
    expect(contextLabel(world, part.context)).toBe('Ada')
  })
})

test('up to a moment the world is what it was then, and from a moment on it ends as it did', () => {
  fc.assert(
    fc.property(moments, fc.nat(), (all, pick) => {
      const facts = lifeOf(all)
      const timeline = new Timeline()
      timeline.append(facts, {})
      const seq = facts[pick % facts.length]?.seq ?? 1
      const values = (world: World) => [...world.contexts.values()].map((entry) => [entry.id, said(entry).values])

      const before = opened(recordingOf(timeline, { ...ALL, upTo: seq }))
      expect(before.world.seq).toBe(timeline.at(seq).seq)
      expect(values(before.world)).toEqual(values(timeline.at(seq)))

      const after = opened(recordingOf(timeline, { ...ALL, after: seq }))
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
    expect(recordingWithin(long, ALL, 1e9, write).excerpt).toEqual(recordingOfAll(long))
  })

  test.each([50_000, 20_000, 5_000])('of %d characters leaves the newest facts, and says what is gone', (most) => {
    const { excerpt, text } = recordingWithin(long, ALL, most, write)
    expect(text.length).toBeLessThanOrEqual(most)
    expect(text.length).toBeGreaterThan(most * 0.8)
    expect(excerpt.cut).toMatch(/^What came up to fact \d+ is left out, but for what lived then\.$/)
    const { world } = opened(excerpt)
    expect(excerpt.facts[0]).toMatchObject({ type: 'gap', from: 1 })
    expect(excerpt.facts.some(({ type }) => type === 'census')).toBe(true)
    expect(world.seq).toBe(long.head.seq)
    expect([...(world.contexts.get(1 as ContextId)?.holdings.values() ?? [])][0]?.value.text).toBe('"number 499"')
  })

  test('holds for one context, too', () => {
    const text = `user is a variable\nbase starts task Ada\nbase starts task Eve\n${Array.from({ length: 300 }, (_, index) => `Ada sets user = "number ${index}" as a${index}\nEve sets user = "other ${index}" as e${index}`).join('\n')}`
    const told = story(text)
    const part = { ...ALL, context: told.context('Ada') }
    const { excerpt, text: written } = recordingWithin(told.timeline, part, 20_000, write)
    expect(written.length).toBeLessThanOrEqual(20_000)
    expect(written.length).toBeGreaterThan(16_000)
    expect(written).not.toContain('other')
    expect(excerpt.cut).toMatch(/^What came up to fact \d+ is left out.*Only task Ada/)
    const { world } = opened(excerpt)
    expect(contextLabel(world, part.context)).toBe('Ada')
    expect([...(world.contexts.get(part.context)?.holdings.values() ?? [])][0]?.value.text).toBe('"number 299"')
  })

  test('that nothing fits leaves what lives', () => {
    const { excerpt } = recordingWithin(long, ALL, 10, write)
    expect(excerpt.facts.map(({ type }) => type)).toEqual(expect.arrayContaining(['gap', 'census']))
    expect(excerpt.facts.length).toBeLessThan(10)
  })
})
