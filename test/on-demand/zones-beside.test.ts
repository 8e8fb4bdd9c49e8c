// The zones of a real zone.js beside contexts of the page's own, which come when zone.js is there, and before the first zone.

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { outlineWorld, parseOutlinePart } from '../../panel/model/outline'
import { Timeline } from '../../panel/model/timeline'
import type { World } from '../../panel/model/world'
import { type Batch, type ContextId, OUTLET_KEY, type OutlinePart, ZONE_FORK } from '../../runtime/protocol'
import { Recording } from '../../runtime/recorder/recording'

interface Zone {
  fork(spec: { name: string; properties?: Record<string, unknown> }): Zone
  run<T>(work: () => T): T
}
declare const Zone: { root: Zone; current: Zone }

let recording: Recording
let page: typeof import('../../runtime')

beforeAll(async () => {
  // As the panel puts them into the page: zones first, then the recorder; and as the page goes on.
  await import('../../runtime/on-demand/zones')
  recording = new Recording({ log: { facts: 1_000 } })
  Reflect.defineProperty(globalThis, OUTLET_KEY, {
    value: { lent: recording.lent, where: () => recording.where() },
    configurable: true,
  })
  await import('zone.js')
  // The script has a copy of the runtime of its own.
  vi.resetModules()
  page = await import('../../runtime')
})
afterAll(() => {
  recording.stop()
  Reflect.deleteProperty(globalThis, OUTLET_KEY)
})

const timeline = new Timeline()
function world(of = timeline): World {
  for (;;) {
    const { facts, stacks } = JSON.parse(recording.since(of.head.seq)) as Batch
    if (facts.length === 0) return of.head
    of.append(facts, stacks)
  }
}
/** What each context of that name holds, by the names of its variables. */
function held(name: string): Record<string, string>[] {
  const { contexts, variables } = world()
  return [...contexts.values()]
    .filter((entry) => entry.name === name && entry.state !== 'collected')
    .map(({ holdings }) =>
      Object.fromEntries(
        [...holdings.values()].map(({ variable, value }) => [variables.get(variable)?.name, value.text]),
      ),
    )
}

test('both are told in one recording, each with its own', () => {
  const user = new page.ContextVar<string>('user')
  const own = page.copyContext()
  own.run(() => user.set('Ada'))
  const angular = Zone.root.fork({ name: 'angular', properties: { isAngularZone: true } })
  const request = angular.fork({ name: 'request', properties: { user: 'Grace' } })
  request.run(() => page.copyContext().run(() => user.set('Barbara')))

  expect(recording.lent.runtime?.origin).toBe('application')
  const { contexts } = world()
  const zones = [...contexts.values()].filter(({ api }) => api === ZONE_FORK)
  const parents = zones.map(({ name, parent }) => [name, parent === null ? null : contexts.get(parent)])
  expect(parents).toEqual([
    ['angular', expect.objectContaining({ kind: 'base' })],
    ['request', expect.objectContaining({ name: 'angular' })],
  ])
  expect(held('angular')).toEqual([{ isAngularZone: 'true' }])
  expect(held('request')).toEqual([{ isAngularZone: 'true', user: '"Grace"' }])
  const copies = [...contexts.values()].filter(({ api }) => api === 'copyContext')
  expect(copies.map(({ holdings }) => [...holdings.values()].map(({ value }) => value.text))).toEqual([
    ['"Ada"'],
    ['"Barbara"'],
  ])
  expect([...world().variables.values()].map(({ name }) => name).sort()).toEqual(['isAngularZone', 'user', 'user'])
})

test('both are in the outline, which a page is asked for that was recorded for long', async () => {
  await import('../../runtime/on-demand/outline')
  const { lent } = recording
  const parts: OutlinePart[] = []
  for (let from: number | null = 1; from !== null; from = parts.at(-1)?.next ?? null) {
    const part = parseOutlinePart(lent.outline?.(JSON.stringify({ epoch: lent.epoch, from })) ?? '', from as ContextId)
    if (part === null) throw new Error('No answer')
    parts.push(part)
  }
  const tree = ({ contexts }: World) =>
    [...contexts.values()]
      .filter(({ state }) => state !== 'collected')
      .map(({ id, parent, kind, name, api }) => ({ id, parent, kind, name, api }))
  expect(tree(outlineWorld(parts))).toEqual(tree(world()))
  expect(tree(world()).map(({ name }) => name)).toContain('request')
})

test('nothing is said of a second runtime', () => {
  expect(world().refused).toEqual([])
})

test('what a zone holds is known again after facts were dropped', () => {
  const zone = Zone.root.fork({ name: 'long lived', properties: { shop: 'tea' } })
  const user = new page.ContextVar<string>('customer')
  const own = page.copyContext()
  for (let n = 0; n < 1_000; n++) own.run(() => user.reset(user.set(`${n}`)))
  const [entry] = [...world(new Timeline()).contexts.values()].filter(({ name }) => name === 'long lived')
  expect([...(entry?.holdings.values() ?? [])].map(({ value }) => value.text)).toEqual(['"tea"'])
  expect(zone).toBeDefined()
})
