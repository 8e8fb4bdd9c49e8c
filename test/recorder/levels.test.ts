// How a recording is told to be cheaper, and what it says of what it left out.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Context, ContextVar } from '../../runtime'
import { install } from '../../runtime/async'
import { type Batch, type Fact, type FactType, NOT_TAKEN, type Settings } from '../../runtime/protocol'
import { type RecordOptions, record } from '../../runtime/recorder'
import { Sampling } from '../../runtime/recorder/sampling'

let recording: ReturnType<typeof record>
let uninstall: () => void

const begin = (options?: RecordOptions): void => {
  recording.stop()
  recording = record(options)
}
beforeEach(() => {
  recording = record()
  uninstall = install()
})
afterEach(() => {
  uninstall()
  recording.stop()
})

/** All that is told, in as many answers as it takes. */
function everything(): Batch {
  const facts: Fact[] = []
  const stacks: Batch['stacks'] = {}
  for (;;) {
    const batch: Batch = JSON.parse(recording.since(facts.at(-1)?.seq ?? 0))
    facts.push(...batch.facts)
    Object.assign(stacks, batch.stacks)
    if ((facts.at(-1)?.seq ?? 0) >= batch.last) return { ...batch, facts, stacks }
  }
}
const of = <T extends FactType>(type: T): Extract<Fact, { type: T }>[] =>
  everything().facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type)
const levels = () => of('recording-level').map(({ stacks, every, why }) => ({ stacks, every, why }))
const taken = (facts: readonly { stack: number | null }[]): number =>
  facts.filter(({ stack }) => stack !== NOT_TAKEN).length

const variable = new ContextVar<number>('leveled', { default: 0 })
const bare = new ContextVar<number>('bare')

function sets(count: number): void {
  new Context().run(() => {
    for (let i = 0; i < count; i++) variable.set(i)
  })
}

describe('stacks', () => {
  test('are all taken unless somebody says otherwise, and nothing is said of that', () => {
    // However busy the machine is.
    begin({ budget: 1 })
    sets(50)
    expect(taken(of('var-set'))).toBe(50)
    expect(levels()).toEqual([])
  })

  test('are not taken at all at that level, not even of errors', () => {
    begin({ stacks: 'none' })
    sets(50)
    expect(() => bare.get()).toThrow()
    expect(levels()).toEqual([{ stacks: 'none', every: 0, why: 'asked' }])
    const { facts, stacks } = everything()
    // What was there before the recording has no stack that could be taken.
    const older = (fact: Fact) =>
      fact.type === 'var-created' || (fact.type === 'context-created' && fact.kind === 'base')
    const placed = facts.filter((fact) => 'stack' in fact && !older(fact))
    expect(placed.length).toBeGreaterThan(51)
    expect(taken(placed as { stack: number | null }[])).toBe(0)
    expect(stacks).toEqual({})
  })

  test('are sampled, but for the first of each kind and those of errors', () => {
    begin({ stacks: 'sampled' })
    sets(800)
    for (let i = 0; i < 40; i++) expect(() => bare.get()).toThrow()
    const token = bare.set(1)
    bare.reset(token)
    for (let i = 0; i < 40; i++) expect(() => bare.reset(token)).toThrow()
    const told = of('var-set')
    expect(taken(told.slice(0, 4))).toBe(4)
    expect(taken(told)).toBeGreaterThan(40)
    expect(taken(told)).toBeLessThan(80)
    expect(taken(of('lookup-error'))).toBe(40)
    expect(taken(of('token-error'))).toBe(40)
  })

  test('of a token that was made meanwhile are told not to be known where the token is refused', () => {
    begin({ stacks: 'none' })
    const token = bare.set(1)
    recording.configure('{"stacks":"all"}')
    expect(() => new Context().run(() => bare.reset(token))).toThrow()
    const [refused] = of('token-error')
    expect(refused?.tokenStack).toBe(NOT_TAKEN)
    expect(everything().stacks[refused?.stack ?? 0]?.[0]?.url).toContain('levels.test.ts')
    bare.reset(token)
  })

  test.each([0, 1])('are timed as often where something else has one between two sets (%i before)', (before) => {
    begin({ budget: 1 })
    sets(before)
    const context = new Context()
    const timed = vi.spyOn(Sampling.prototype, 'captured')
    try {
      for (let i = 0; i < 800; i++) context.run(() => variable.set(i))
      // One of sixty-four, of the run and of the set.
      expect(timed.mock.calls.length).toBeGreaterThan(22)
    } finally {
      timed.mockRestore()
    }
  })

  test('that take too much of the page’s time are sampled, and it is said; when it is over, too', async () => {
    // So little that any storm is one.
    begin({ budget: 0.001 })
    for (let left = 100; left > 0 && levels().length === 0; left--) sets(500)
    expect(levels()[0]).toEqual({ stacks: 'sampled', every: 16, why: 'budget' })
    const { facts } = everything()
    const [stepped] = of('recording-level')
    const before = facts.filter(({ type, seq }) => type === 'var-set' && seq < (stepped?.seq ?? 0))
    expect(taken(before as { stack: number | null }[])).toBe(before.length)
    recording.configure('{"budget":0.5}')
    await expect
      .poll(
        () => {
          sets(1)
          return levels().at(-1)
        },
        { timeout: 10_000 },
      )
      .toEqual({ stacks: 'all', every: 1, why: 'calm' })
    sets(1)
    expect(of('var-set').at(-1)?.stack).not.toBe(NOT_TAKEN)
  }, 20_000)
})

describe('settings', () => {
  const configure = (settings: unknown): Settings => JSON.parse(recording.configure(JSON.stringify(settings)))

  test('change while it is recorded; the answer is all of them', () => {
    expect(configure({})).toEqual({
      stacks: 'all',
      budget: 0.05,
      facts: 200_000,
      bytes: 64 * 1024 * 1024,
      callbacks: 'counted',
      previews: 'usual',
      events: 'cause',
    })
    sets(10)
    expect(configure({ stacks: 'none', facts: 5_000 })).toMatchObject({ stacks: 'none', facts: 5_000 })
    sets(10)
    configure({ stacks: 'none' })
    configure({ stacks: 'all' })
    sets(10)
    expect(taken(of('var-set'))).toBe(20)
    expect(levels().filter(({ why }) => why === 'asked')).toEqual([
      { stacks: 'none', every: 0, why: 'asked' },
      { stacks: 'all', every: 1, why: 'asked' },
    ])
  })

  test.each([
    'nonsense',
    'null',
    '[]',
    '{"stacks":"most"}',
    '{"budget":0}',
    '{"budget":2}',
    '{"budget":"1"}',
    '{"facts":0}',
    '{"facts":1.5}',
    '{"bytes":-1}',
    '{"callbacks":"some"}',
    '{"__proto__":{"stacks":"none"}}',
  ])('%s changes nothing', (text) => {
    const before = configure({})
    expect(JSON.parse(recording.configure(text))).toEqual(before)
    expect(levels().filter(({ why }) => why === 'asked')).toEqual([])
  })

  test('a log that is made smaller drops what no longer fits, and says so', () => {
    sets(2_000)
    const { last } = everything()
    configure({ facts: 500 })
    sets(1)
    const { facts } = everything()
    expect(facts.length).toBeLessThanOrEqual(501)
    expect(facts[0]).toMatchObject({ type: 'gap', from: 1 })
    expect(facts.at(-1)?.seq).toBeGreaterThan(last)
  })
})

test('at which level stacks are taken is told again where facts were dropped', () => {
  begin({ stacks: 'none', log: { facts: 200 } })
  sets(1_000)
  expect(of('gap').length).toBe(1)
  expect(levels().at(-1)).toEqual({ stacks: 'none', every: 0, why: 'asked' })
})

test('callbacks that touch nothing are counted, and not told', async () => {
  const { silent, last } = everything()
  for (let i = 0; i < 30; i++) await Promise.resolve().then(() => {})
  await new Promise<void>((resolve) => setTimeout(resolve, 1))
  const quiet = everything()
  expect(quiet.silent - silent).toBeGreaterThanOrEqual(31)
  expect(quiet.last).toBe(last)
  const before = quiet.silent
  await new Promise<void>((resolve) => setTimeout(() => resolve(void variable.set(1)), 1))
  // That callback mattered; what the test itself awaits may be others.
  expect(of('callback-ran').length).toBe(1)
  expect(everything().silent - before).toBeLessThan(31)
})

test('a value is pictured as it was when it was set', () => {
  const anything = new ContextVar<unknown>('anything')
  const list = [1]
  const text = 'a longer text that is no constant'.slice(2)
  new Context().run(() => {
    for (const value of [list, 7, -0, 0.5, 'short', text, true, null, undefined, 12n]) {
      const token = anything.set(value)
      list.push(2)
      anything.reset(token)
    }
    anything.set(Symbol('outer'))
    anything.reset(anything.set(Symbol('inner')))
  })
  const pictures = ['(1) [1]', '7', '-0', '0.5', '"short"', `"${text}"`, 'true', 'null', 'undefined', '12n']
  expect(of('var-set').map(({ value }) => value.text)).toEqual([...pictures, 'Symbol(outer)', 'Symbol(inner)'])
  expect(of('var-reset').map(({ value }) => value?.text ?? null)).toEqual([
    ...pictures.map(() => null),
    'Symbol(outer)',
  ])
})
