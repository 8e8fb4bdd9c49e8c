// A recording as a trace: what Google's Trace Event Format asks for, whatever was recorded, and what a person finds in it.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { traceReport } from '../../panel/model/report/trace'
import { Timeline } from '../../panel/model/timeline'
import { randomFacts } from './random-facts'
import { story } from './story'

const page = { url: 'https://shop.example/cart', title: 'Cart', exported: '2026-01-02T03:04:05.000Z' }

interface Event {
  name: string
  cat?: string
  ph: string
  ts: number
  dur?: number
  pid: number
  tid: number
  s?: string
  id?: number
  bp?: string
  args?: Record<string, unknown>
}

const read = (timeline: Timeline, mutes = []): Event[] => {
  const { traceEvents, displayTimeUnit, otherData } = JSON.parse(traceReport(timeline, page, mutes))
  expect(displayTimeUnit).toBe('ms')
  expect(otherData.page).toEqual(page)
  return traceEvents
}

const isTime = (time: unknown) => Number.isSafeInteger(time) && Number(time) >= 0

/** What the format says of each kind of event, and of all together. */
function check(events: readonly Event[]): void {
  const named = new Set(events.filter(({ name }) => name === 'thread_name').map(({ tid }) => tid))
  for (const event of events) {
    expect(isTime(event.ts), JSON.stringify(event)).toBe(true)
    expect(event.pid).toBe(1)
    expect(typeof event.name).toBe('string')
    if (event.ph === 'M') continue
    expect(named.has(event.tid), `track of ${JSON.stringify(event)}`).toBe(true)
    if (event.ph === 'X') expect(isTime(event.dur), JSON.stringify(event)).toBe(true)
    else if (event.ph === 'i') expect(['t', 'p']).toContain(event.s)
    else expect(['s', 'f']).toContain(event.ph)
  }
  // Slices of a track lie within one another or apart.
  for (const tid of named) {
    const slices = events.filter((event) => event.ph === 'X' && event.tid === tid)
    slices.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    const open: number[] = []
    for (const { ts, dur = 0 } of slices) {
      while (open.length > 0 && (open.at(-1) ?? 0) <= ts) open.pop()
      expect(ts + dur).toBeLessThanOrEqual(open.at(-1) ?? Number.POSITIVE_INFINITY)
      open.push(ts + dur)
    }
  }
  // Each arrow has two ends.
  const ends = (ph: string) => events.filter((event) => event.ph === ph).map(({ id }) => id)
  expect(ends('s').sort()).toEqual(ends('f').sort())
  expect(new Set(ends('s')).size).toBe(ends('s').length)
}

test('whatever was recorded, it is a trace', () => {
  fc.assert(
    fc.property(randomFacts, (facts) => {
      const timeline = new Timeline()
      timeline.append(facts, {})
      const events = read(timeline)
      check(events)
      const tracks = events.filter(({ name }) => name === 'thread_name').map(({ tid }) => tid)
      expect(tracks.filter((tid) => tid > 0)).toHaveLength(timeline.head.contexts.size)
      // What is said of no context.
      expect(tracks.includes(0)).toBe(events.some(({ ph, tid }) => ph !== 'M' && tid === 0))
    }),
    { numRuns: 300 },
  )
})

const told = story(`
  user is a variable @ app.js:1
  base starts task Alice @ app.js:2
  task Alice begins
  Alice sets user = "ada" as t @ app.js:3
  Alice copies c
  c enters from Alice
  c sets user = "eve" as u @ app.js:4
  c leaves
  Alice settles
  base misses user @ app.js:9
`)

test('contexts are tracks in the order of the tree, with their lives and runs, and what happened in them', () => {
  const events = read(told.timeline)
  check(events)
  const tracks = events.filter(({ name }) => name === 'thread_name').map(({ tid, args }) => [tid, args?.name])
  expect(tracks).toEqual([
    [1, 'base'],
    [2, 'Alice (task 2)'],
    [3, 'c (copy 3)'],
  ])
  const of = (tid: number) =>
    events
      .filter((event) => event.tid === tid && event.cat !== 'problem' && 'Xi'.includes(event.ph))
      .map(({ ph, name }) => `${ph} ${name}`)
  expect(of(2)).toEqual(['X Alice', 'i set user = "ada"'])
  expect(of(3)).toEqual(['X c', 'X run', 'i set user = "eve"'])
  expect(of(1)).toContain('i get user failed: no value')
  const life = events.find(({ name, ph }) => name === 'Alice' && ph === 'X')
  expect(life?.args).toMatchObject({ state: 'ended', values: { user: '"ada"' }, line: 'app.js:2:1' })
})

test('problems are flags, also those that are muted', () => {
  const flags = (mutes: never[] = []) => read(told.timeline, mutes).filter(({ cat }) => cat === 'problem')
  const [flag] = flags()
  expect(flag).toMatchObject({
    name: 'Lookup without a value: user',
    s: 'p',
    tid: 1,
    args: { severity: 'error', line: 'app.js:9:1' },
  })
  const lookup = told.facts.find(({ type }) => type === 'lookup-error')
  expect(flag?.ts).toBe(Math.round((lookup?.at ?? 0) * 1000))
  const muted = flags([{ rule: 'lookup-without-value', reason: 'not loaded yet' }] as never[])
  expect(muted.find(({ name }) => name === 'Lookup without a value: user')?.args?.muted).toBe('not loaded yet')
})
