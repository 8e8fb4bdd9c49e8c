// The log keeps what it may, and says what that is: facts, values, stacks.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext, runInThisContext } from 'node:vm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Context, ContextVar } from '../../runtime'
import { type Batch, type Fact, NOT_TAKEN } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const variable = new ContextVar<unknown>('logged')
let recording: ReturnType<typeof record>
beforeEach(() => {
  recording = record({ budget: 1 })
})
afterEach(() => recording.stop())

const begin = (log: { facts?: number; bytes?: number }): void => {
  recording.stop()
  recording = record({ log, budget: 1 })
}
const since = (seq: number): Batch => JSON.parse(recording.since(seq))

/** A set on a line of its own, so that its stack is like no other. */
function setElsewhere(place: number, value: unknown): void {
  const code = `(function placeNumber${place}(variable, value) { variable.reset(variable.set(value)) })`
  runInThisContext(code, `/elsewhere/${place}.js`)(variable, value)
}

function* answers(): Generator<Batch> {
  for (let at = 0; ; ) {
    const batch = since(at)
    yield batch
    at = batch.facts.at(-1)?.seq ?? at
    if (at >= batch.last) return
  }
}

test('sets and resets come back as they were, in their order, also where older ones were dropped', () => {
  begin({ facts: 3_000 })
  const told: string[] = []
  new Context().run(() => {
    for (let i = 0; i < 5_000; i++) {
      variable.reset(variable.set(i))
      told.push(`set ${i}`, 'reset')
    }
  })
  const facts = [...answers()].flatMap((batch) => batch.facts)
  const [gap, ...rest] = facts
  expect(gap?.type).toBe('gap')
  expect(rest.map(({ seq }) => seq)).toEqual(rest.map((_, index) => (rest[0]?.seq ?? 0) + index))
  const writes = rest.flatMap((fact) =>
    fact.type === 'var-set' ? [`set ${fact.value.text}`] : fact.type === 'var-reset' ? ['reset'] : [],
  )
  expect(writes.length).toBeGreaterThan(2_000)
  expect(writes).toEqual(told.slice(-writes.length))
})

test('every stack is known when it is told, from whatever number on one asks', () => {
  begin({ facts: 1_000 })
  new Context().run(() => {
    for (let i = 0; i < 4_000; i++) variable.set(i)
  })
  const batch = since(0)
  const sets = batch.facts.filter((fact) => fact.type === 'var-set')
  expect(sets.length).toBeGreaterThan(500)
  for (const { stack } of sets) expect(batch.stacks[stack ?? 0]?.[0]?.url).toContain('log.test.ts')
})

test('stacks count, and never take more than their part: those that nothing names any more are let go', () => {
  const bytes = 4_000_000
  begin({ bytes, facts: 300 })
  let missing = 0
  new Context().run(() => {
    for (let place = 0; place < 3_000; place++) {
      setElsewhere(place, place)
      if (place % 100 > 0) continue
      const batch = since(0)
      expect(batch.bytes).toBeLessThan(bytes * 1.1)
      const sets = batch.facts.filter((fact) => fact.type === 'var-set')
      for (const { stack } of sets) {
        if (stack === NOT_TAKEN) missing++
        else expect(batch.stacks[stack ?? 0]?.length).toBeGreaterThan(0)
      }
    }
  })
  // The newest have theirs, although three thousand would not fit.
  expect(since(0).facts.findLast((fact) => fact.type === 'var-set')?.stack).not.toBe(NOT_TAKEN)
  expect(missing).toBeLessThan(300)
})

test.each<[string, (index: number) => void]>([
  ['numbers', (index) => variable.reset(variable.set(index))],
  ['long strings', (index) => variable.reset(variable.set(`a request of ${index} with an id`.repeat(5)))],
  ['objects', (index) => variable.reset(variable.set({ id: index, name: 'somebody', roles: ['reader', 'writer'] }))],
  ['many places', (index) => setElsewhere(index, index)],
])('what it says of its size is about right: %s', async (_, write) => {
  const facts = 6_000
  const heap = async (): Promise<number> => {
    let least = Number.POSITIVE_INFINITY
    // What tests before this one left goes when those who wait for its end have heard of it: until nothing goes any more.
    for (let still = 0; still < 4; still++) {
      collectGarbage()
      await new Promise((resolve) => setTimeout(resolve, 5))
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      const occupied = heapUsed + arrayBuffers
      if (occupied < least - 20_000) still = 0
      least = Math.min(least, occupied)
    }
    return least
  }
  const context = new Context()
  // What is compiled and cached once.
  context.run(() => write(facts))
  since(0)
  const [before, { bytes }] = [await heap(), since(0)]
  context.run(() => {
    for (let index = 0; index * 2 < facts; index++) write(index)
  })
  for (const _ of answers());
  const said = since(0).bytes - bytes
  const occupied = (await heap()) - before
  expect(said).toBeGreaterThan(facts * 50)
  expect(occupied / said).toBeGreaterThan(0.2)
  expect(occupied / said).toBeLessThan(2.5)
})

test('what lives is part of what it says', () => {
  const before = since(0).bytes
  const kept: Context[] = []
  for (let i = 0; i < 500; i++) kept.push(new Context())
  const after = since(0)
  const ofFacts = (fact: Fact) => (fact.type === 'context-created' ? 120 : 0)
  expect(after.bytes - before).toBeGreaterThan(after.facts.reduce((sum, fact) => sum + ofFacts(fact), 0) + 500 * 100)
  expect(kept.length).toBe(500)
})
