// The persistent map: against `Map`, whatever is done to it in whatever order, and the cases HM.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ABSENT, PersistentMap } from '../../runtime/context/persistent-map'
import { collected } from './collected'

interface Key {
  readonly id: number
}

type Tree = PersistentMap<Key, unknown>

const keys = new Map<number, Key>()
function key(id: number): Key {
  const known = keys.get(id) ?? { id }
  keys.set(id, known)
  return known
}

function treeOf(...entries: [id: number, value: unknown][]): Tree {
  const tree: Tree = new PersistentMap()
  for (const [id, value] of entries) tree.set(key(id), value)
  return tree
}

/** What a tree holds, by id. */
const content = (tree: Tree): [number, unknown][] => [...tree.entries()].map(([{ id }, value]) => [id, value])

const sorted = (model: Map<number, unknown>): [number, unknown][] => [...model].sort(([a], [b]) => a - b)

/** Dense ids, as a page makes them, and the corners of the trie's levels. */
const id = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 70 }) },
  { weight: 2, arbitrary: fc.integer({ min: 900, max: 1100 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(31, 32, 33, 1023, 1024, 1025, 32_767, 32_768, 2 ** 20, 2 ** 30, 2 ** 31 - 1),
  },
)
const value = fc.constantFrom<unknown>(0, -0, 1, 2, undefined, null, Number.NaN, 'x')
/** Which of the maps that exist by then; what is beyond the last counts as the last. */
const which = fc.nat({ max: 8 })

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('set' as const), which, id, value }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), which, id }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('copy' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('look' as const), which }) },
)

describe('against Map', () => {
  test('any steps, on any copies, in any order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const pairs: { tree: Tree; model: Map<number, unknown> }[] = [{ tree: treeOf(), model: new Map() }]
        const frozen: { entries: Iterable<[Key, unknown]>; expected: [number, unknown][] }[] = []
        for (const step of steps) {
          const pair = pairs[Math.min(step.which, pairs.length - 1)]
          if (pair === undefined) continue
          const { tree, model } = pair
          if (step.do === 'copy') pairs.push({ tree: tree.copy(), model: new Map(model) })
          else if (step.do === 'look') frozen.push({ entries: tree.entries(), expected: sorted(model) })
          else {
            const before = model.has(step.id) ? model.get(step.id) : ABSENT
            expect(tree.get(key(step.id))).toBe(before)
            if (step.do === 'set') {
              expect(tree.set(key(step.id), step.value)).toBe(before)
              model.set(step.id, step.value)
            } else {
              expect(tree.delete(key(step.id))).toBe(before)
              model.delete(step.id)
            }
          }
        }
        for (const { tree, model } of pairs) {
          expect(content(tree)).toEqual(sorted(model))
          expect(tree.size).toBe(model.size)
        }
        for (const { entries, expected } of frozen) {
          expect([...entries].map(([{ id }, value]) => [id, value])).toEqual(expected)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('HM-06 7,000 keys, inserted and deleted at random', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat({ max: 2 ** 31 - 1 })), (random) => {
        const next = (): number => Number(random.next().value)
        const tree = treeOf()
        const model = new Map<number, unknown>()
        for (let n = 0; n < 14_000; n++) {
          const id = next() % 7_000
          if (next() % 3 === 0) {
            tree.delete(key(id))
            model.delete(id)
          } else {
            tree.set(key(id), n)
            model.set(id, n)
          }
        }
        expect(content(tree)).toEqual(sorted(model))
        expect(tree.size).toBe(model.size)
      }),
      { numRuns: 3 },
    )
  })
})

describe('cases', () => {
  test('HM-01 a copy does not see later sets, nor the original those of the copy', () => {
    const first = treeOf([1, 'a'])
    const second = first.copy()
    second.set(key(2), 'b')
    const third = second.copy()
    second.set(key(3), 'c')
    first.set(key(4), 'd')
    expect([first.size, second.size, third.size]).toEqual([2, 3, 2])
    expect(content(first)).toEqual([
      [1, 'a'],
      [4, 'd'],
    ])
    expect(content(third)).toEqual([
      [1, 'a'],
      [2, 'b'],
    ])
  })

  test('HM-02 setting what is there copies nothing', () => {
    const value = {}
    const first = treeOf([1, value], [40, Number.NaN])
    const second = first.copy()
    second.set(key(1), value)
    second.set(key(40), Number.NaN)
    expect(second.isSharedWith(first)).toBe(true)
  })

  test('HM-03 setting an equal value that is another object does', () => {
    const first = treeOf([1, {}])
    const second = first.copy()
    second.set(key(1), {})
    expect(second.isSharedWith(first)).toBe(false)
    expect(second.get(key(1))).not.toBe(first.get(key(1)))
  })

  test('HM-05 the deepest tree can be read and iterated', () => {
    const ids = [1, 2 ** 5, 2 ** 10, 2 ** 15, 2 ** 20, 2 ** 25, 2 ** 30, 2 ** 31 - 1]
    const tree = treeOf(...ids.map((id): [number, unknown] => [id, id]))
    expect(content(tree)).toEqual(ids.map((id) => [id, id]))
    expect(tree.get(key(2 ** 31 - 2))).toBe(ABSENT)
  })

  test('HM-07 deleting leaves the neighbours and the copies alone', () => {
    const ids = [1, 2, 31, 32, 33, 1024, 40_000]
    for (const gone of ids) {
      const tree = treeOf(...ids.map((id): [number, unknown] => [id, id]))
      const copy = tree.copy()
      expect(tree.delete(key(gone))).toBe(gone)
      expect(tree.get(key(gone))).toBe(ABSENT)
      expect(content(tree).map(([id]) => id)).toEqual(ids.filter((id) => id !== gone))
      expect(content(copy).map(([id]) => id)).toEqual(ids)
    }
  })

  test('HM-07 deleting what is not there copies nothing', () => {
    const first = treeOf([1, 'a'], [2, 'b'], [100, 'c'])
    first.delete(key(2))
    const second = first.copy()
    for (const id of [2, 3, 99, 100_000]) expect(second.delete(key(id))).toBe(ABSENT)
    expect(second.isSharedWith(first)).toBe(true)
  })

  test('HM-08 entries come once each', () => {
    const tree = treeOf(...Array.from({ length: 500 }, (_, id): [number, unknown] => [id + 1, id]))
    expect(new Set(content(tree).map(([id]) => id)).size).toBe(500)
    expect(tree.size).toBe(500)
  })

  test('a set after a copy costs a way through the tree, not the tree', () => {
    const cost = (size: number): number => {
      const tree = treeOf(...Array.from({ length: size }, (_, n): [number, unknown] => [n + 1, -1]))
      const begin = performance.now()
      for (let n = 0; n < 2_000; n++) {
        tree.copy()
        tree.set(key((n % size) + 1), n)
      }
      return performance.now() - begin
    }
    const best = (size: number): number => Math.min(...Array.from({ length: 8 }, () => cost(size)))
    // Three nodes instead of one; copying all would cost hundreds of times as much.
    expect(best(10_000)).toBeLessThan(15 * best(10))
  })

  test('HM-10 maps, iterators, and what they held are collectable', async () => {
    const kept = treeOf()
    expect(await collected(() => treeOf([1, {}]))).toBe(true)
    expect(await collected(() => treeOf([1, {}]).entries())).toBe(true)
    expect(
      await collected(() => {
        const value = {}
        kept.set(key(1), value)
        kept.delete(key(1))
        return value
      }),
    ).toBe(true)
    expect(
      await collected(() => {
        const variable = { id: 2 }
        kept.set(variable, 'value')
        kept.delete(variable)
        return variable
      }),
    ).toBe(true)
  })

  test('HM-10 what a map holds is not', async () => {
    const kept = treeOf()
    expect(
      await collected(() => {
        const value = {}
        kept.set(key(1), value)
        return value
      }),
    ).toBe(false)
    expect(kept.size).toBe(1)
  })
})
