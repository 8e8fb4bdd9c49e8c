// The zones of a real zone.js as contexts.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Batch, type Fact, type StackTable, ZONE_FORK } from '../../runtime/protocol'
import { Recording } from '../../runtime/recorder/recording'

interface Zone {
  fork(spec: { name: string; properties?: Record<string, unknown> }): Zone
  run<T>(work: () => T): T
  get(name: string): unknown
}
declare const Zone: { root: Zone; current: Zone }

let recording: Recording
beforeAll(async () => {
  recording = new Recording({ budget: 1 })
  await import('../../runtime/on-demand/zones')
  await import('zone.js')
})
afterAll(() => recording.stop())

/** To the end: what one answer holds depends on the time that it takes. */
function told(): Pick<Batch, 'facts' | 'stacks'> {
  const facts: Fact[] = []
  const stacks: StackTable = {}
  for (;;) {
    const batch = JSON.parse(recording.since(facts.at(-1)?.seq ?? 0)) as Batch
    if (batch.facts.length === 0) return { facts, stacks }
    facts.push(...batch.facts)
    Object.assign(stacks, batch.stacks)
  }
}
const facts = (): readonly Fact[] => told().facts
const of = <T extends Fact['type']>(type: T) =>
  facts().filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type)

test('they are met where zone.js begins, which finds its global as it left it, and told from the first that is made', () => {
  const { value, writable, configurable } = Object.getOwnPropertyDescriptor(globalThis, 'Zone') ?? {}
  expect({ is: value === Zone && value.root.name, writable, configurable }).toEqual({
    is: '<root>',
    writable: true,
    configurable: true,
  })
  expect(facts()).toEqual([])
  Zone.root.fork({ name: 'first' })
  const [attached] = of('runtime-attached')
  expect(attached).toMatchObject({ origin: 'zone.js', late: false, propagation: { nativeAwait: false } })
})

test('each is a context with its properties, below the one that it was forked from, with the line that did it', () => {
  const angular = Zone.root.fork({ name: 'angular', properties: { isAngularZone: true } })
  const inner = angular.fork({ name: 'request', properties: { user: 'Ada', isAngularZone: 'still' } })
  expect(inner.run(() => Zone.current.get('user'))).toBe('Ada')
  const [, first, second] = of('context-created').filter(({ api }) => api === ZONE_FORK)
  expect(first).toMatchObject({ parent: of('runtime-attached')[0]?.base, name: 'angular' })
  expect(second).toMatchObject({ parent: first?.context, kind: 'copy', name: 'request' })
  const named = new Map(of('var-created').map(({ variable, name }) => [variable, name]))
  expect(of('var-set').map(({ context, variable, value }) => [context, named.get(variable), value.text])).toEqual([
    [first?.context, 'isAngularZone', 'true'],
    [second?.context, 'user', '"Ada"'],
    [second?.context, 'isAngularZone', '"still"'],
  ])
  expect(told().stacks[second?.stack ?? 0]?.[0]?.url).toContain('zones.test.ts')
})

test('no code of the page runs for it: neither a getter nor what makes text of a name', () => {
  const ran: string[] = []
  const properties = {
    get asked() {
      return ran.push('property')
    },
    plain: 'yes',
  }
  const before = of('var-created').length
  Zone.root.fork({ name: { toString: () => void ran.push('name') } as unknown as string, properties })
  expect(ran).toEqual([])
  expect(of('context-created').at(-1)).toMatchObject({ api: ZONE_FORK, name: null })
  expect(
    of('var-created')
      .slice(before)
      .map(({ name }) => name),
  ).toEqual(['plain'])
})

test('where code is now is told, and tasks of a zone state nothing', async () => {
  // Zones of before may be collected meanwhile.
  const stated = () => facts().filter(({ type }) => type !== 'context-collected').length
  const before = stated()
  const zone = Zone.root.fork({ name: 'work' })
  const told = stated()
  const here = await new Promise((resolve) => {
    zone.run(() => setTimeout(() => resolve(JSON.parse(recording.where()).current), 1))
  })
  expect(here).toBe(of('context-created').at(-1)?.context)
  expect([told - before, stated() - told]).toEqual([1, 0])
})

test('a property for each request does not make a variable for each', () => {
  const contexts = of('context-created').length
  for (let n = 0; n < 300; n++) Zone.root.fork({ name: 'request', properties: { [`request ${n}`]: n } })
  expect(of('var-created')).toHaveLength(100)
  expect(of('context-created').length - contexts).toBe(300)
})
