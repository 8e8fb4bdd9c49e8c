// Packed and unpacked, facts are what they were; and the list of what is packed knows every fact with every field.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFact } from '../../panel/model/fact-schema'
import { readRows } from '../../panel/model/packed'
import { parseBatch } from '../../panel/model/recording'
import { ContextVar, copyContext } from '../../runtime'
import { type Fact, type Millis, PACKED_FIELDS, PREVIEW_KINDS, type Seq } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { pack } from '../../runtime/recorder/pack'
import { randomFacts } from '../model/random-facts'

/** As a log has them: with consecutive numbers, and times in hundredths of a millisecond. */
const logged = fc
  .tuple(randomFacts, fc.integer({ min: 1, max: 1_000 }), fc.array(fc.nat(100_000), { minLength: 80, maxLength: 80 }))
  .map(([facts, first, times]) => {
    let hundredths = 0
    return facts.map((fact, index): Fact => {
      hundredths += times[index] ?? 0
      return { ...fact, seq: (first + index) as Seq, at: (hundredths / 100) as Millis }
    })
  })

const road = (facts: readonly Fact[]) => readRows(JSON.parse(JSON.stringify(pack(facts))))

describe('packed facts', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(logged, (facts) => {
        expect(road(facts)).toEqual({ facts, told: facts.length })
      }),
      { numRuns: 500 },
    )
  })

  test('have every field that facts have', () => {
    const fields = new Map<string, readonly string[]>(PACKED_FIELDS)
    const told = new Map<string, string>()
    for (const fact of fc.sample(logged, { numRuns: 300, seed: 1 }).flat()) {
      const { seq: _, at: __, type, ...rest } = fact
      told.set(type, Object.keys(rest).sort().join())
    }
    expect(told.size).toBe(fields.size)
    for (const [type, keys] of told) expect([...(fields.get(type) ?? [])].sort().join(), type).toBe(keys)
  })

  test('are looked at as any other, also a set that is read at once', () => {
    const odd = fc.constantFrom(
      0,
      -1,
      0.5,
      1e300,
      null,
      true,
      'at',
      '1',
      undefined,
      {},
      [],
      [4],
      [4, 7],
      ['at', 'x'],
      [-1, 'x'],
      [4, 'x', null, 1],
    )
    const id = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }) }, odd)
    const value = fc.oneof({ weight: 4, arbitrary: fc.tuple(fc.nat(15), fc.string()) }, odd)
    const head = fc.tuple(
      fc.oneof(fc.integer({ min: -1, max: 2 }), fc.constantFrom(1.5, 1e300)),
      fc.constantFrom(5, 6),
      fc.double(),
    )
    fc.assert(
      fc.property(head, fc.tuple(id, id, id, value, id), ([seq, type, elapsed], fields) => {
        const [context, variable, token, packed, stack] = fields
        const [kind, text, entries, more] = Array.isArray(packed) ? packed : []
        const shown = typeof kind === 'number' ? PREVIEW_KINDS[kind] : kind
        const unpacked = Array.isArray(packed)
          ? {
              kind: shown,
              text,
              ...(Array.isArray(entries) ? { entries } : {}),
              ...(more === undefined ? {} : { more }),
            }
          : packed
        const fact = {
          seq,
          at: (0 + elapsed) / 100,
          type: PACKED_FIELDS[type]?.[0],
          context,
          variable,
          token,
          value: unpacked,
          stack,
        }
        const read = parseFact(fact)
        expect(readRows([seq, type, elapsed, ...fields])).toEqual({ facts: read === null ? [] : [read], told: 1 })
      }),
      { numRuns: 3_000 },
    )
  })

  test('are refused where they are not packed so', () => {
    for (const rows of [
      [1, 99],
      [1, 5, 0],
      [1, -1, 0, 1],
      [1, 'x', 0],
      [1, 5, 0, 1, 1, 1, null],
    ])
      expect(readRows(rows)).toBeNull()
    expect(readRows([])).toEqual({ facts: [], told: 0 })
    let deep: unknown = [0, 'x']
    for (let depth = 0; depth < 20_000; depth++) deep = [10, 'x', [['key', deep]]]
    expect(readRows([1, 5, 0, 1, 1, 1, deep, null])).toMatchObject({ facts: [{ type: 'var-set' }], told: 1 })
  })
})

test('a recorder answers the same, packed and not', () => {
  const recording = record({ log: { facts: 3_000 } })
  const variable = new ContextVar<unknown>('variable')
  for (let index = 0; index < 2_000; index++) {
    copyContext().run(() => variable.reset(variable.set(index % 3 === 0 ? { index, name: `“${index}”` } : index)))
  }
  const read = (ask: (seq: number) => string) => {
    const facts: Fact[] = []
    for (;;) {
      const batch = parseBatch(ask(facts.at(-1)?.seq ?? 0))
      if (batch === null || batch.facts.length === 0) return facts
      facts.push(...batch.facts)
    }
  }
  const [packed, plain] = [read((seq) => recording.packed(seq)), read((seq) => recording.since(seq))]
  recording.stop()
  expect(packed.length).toBeGreaterThan(2_000)
  expect(packed[0]?.type).toBe('gap')
  expect(packed).toEqual(plain.slice(0, packed.length))
})
