import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ledger } from '../../panel/model/ledger'

interface Box {
  value: number
}

type Step = { on: number; do: 'set' | 'edit' | 'delete' | 'keep' | 'fork'; id: number; value: number }

const ids = fc.oneof(
  fc.integer({ min: 0, max: 70 }),
  fc.integer({ min: 0, max: 40_000 }),
  fc.constantFrom(31, 32, 1023, 1024, 2 ** 31 - 1, 2 ** 31, 2 ** 35 + 1, Number.MAX_SAFE_INTEGER),
)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    on: fc.nat(9),
    do: fc.constantFrom('set', 'set', 'edit', 'delete', 'keep', 'fork'),
    id: ids,
    value: fc.nat(),
  }),
  { maxLength: 120 },
)

describe('a ledger', () => {
  test('and all its forks behave as maps of their own', () => {
    fc.assert(
      fc.property(steps, (program) => {
        const ledgers = [new Ledger<number, Box>((box) => ({ ...box }))]
        const models = [new Map<number, number>()]
        for (const { on, do: what, id, value } of program) {
          const ledger = ledgers[on % ledgers.length]
          const model = models[on % models.length]
          if (ledger === undefined || model === undefined) continue
          if (what === 'set') {
            ledger.set(id, { value })
            model.set(id, value)
          } else if (what === 'edit') {
            const box = ledger.edit(id)
            if (box !== undefined) box.value = value
            if (model.has(id)) model.set(id, value)
          } else if (what === 'delete') {
            ledger.delete(id)
            model.delete(id)
          } else if (what === 'keep') {
            ledger.keep((box) => box.value % 3 !== value % 3)
            for (const [key, held] of model) if (held % 3 === value % 3) model.delete(key)
          } else {
            ledgers.push(ledger.fork())
            models.push(new Map(model))
          }
        }
        ledgers.forEach((ledger, index) => {
          const expected = [...(models[index] ?? [])].sort(([a], [b]) => a - b)
          expect([...ledger].map(([key, box]) => [key, box.value])).toEqual(expected)
          expect(ledger.size).toBe(expected.length)
          expect(ledger.first).toBe(expected.at(0)?.[0] ?? null)
          expect(ledger.last).toBe(expected.at(-1)?.[0] ?? null)
          for (const [key, value] of expected) expect(ledger.get(key)?.value).toBe(value)
          expect([...ledger.keys()]).toEqual(expected.map(([key]) => key))
          expect([...ledger.values()].map((box) => box.value)).toEqual(expected.map(([, value]) => value))
        })
      }),
    )
  })

  test('answers nothing for ids that it cannot hold', () => {
    const ledger = new Ledger<number, string>()
    expect(ledger.get(1)).toBeUndefined()
    ledger.set(5, 'five')
    for (const id of [-1, 4, 6, 37, 2 ** 40, Number.NaN]) expect(ledger.get(id)).toBeUndefined()
  })

  test('shares the nodes that a fork does not touch', () => {
    let copies = 0
    const ledger = new Ledger<number, Box>((box) => {
      copies++
      return { ...box }
    })
    for (let id = 0; id < 10_000; id++) ledger.set(id, { value: id })
    const fork = ledger.fork()
    fork.edit(77)
    fork.edit(77)
    expect(copies).toBe(1)
    expect(fork.get(76)).toBe(ledger.get(76))
    expect(fork.get(77)).not.toBe(ledger.get(77))
  })
})
