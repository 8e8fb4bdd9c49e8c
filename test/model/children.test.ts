import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Children } from '../../panel/model/children'
import type { ContextId } from '../../runtime/protocol'

const id = fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<number> as fc.Arbitrary<ContextId>

test('lists that go on from one another behave as lists of their own', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), id), { maxLength: 60 }), (steps) => {
      const lists: Children[] = [Children.none]
      const models: ContextId[][] = [[]]
      for (const [on, child] of steps) {
        const from = on % lists.length
        lists.push((lists[from] ?? Children.none).with(child))
        models.push([...(models[from] ?? []), child])
      }
      lists.forEach((list, index) => {
        const model = models[index] ?? []
        expect([...list]).toEqual(model)
        expect(list).toHaveLength(model.length)
        expect(list.at(model.length)).toBeUndefined()
        expect(list.at(model.length - 1)).toBe(model.at(-1))
        expect(list.newest(2)).toEqual(model.slice(-2))
        expect([...Children.of(model)]).toEqual(model)
      })
    }),
  )
})

test('how much of a list was there is the same whether it is one list or two', () => {
  const ascending = fc.uniqueArray(fc.nat(30), { maxLength: 12 }) as fc.Arbitrary<number[]> as fc.Arbitrary<ContextId[]>
  fc.assert(
    fc.property(ascending, fc.nat(12), fc.nat(12), (all, now, earlier) => {
      const shared = [Children.none]
      for (const child of all) shared.push((shared.at(-1) ?? Children.none).with(child))
      const one = shared[Math.min(now, all.length)] ?? Children.none
      const other = shared[Math.min(earlier, all.length)] ?? Children.none
      expect(one.after(other)).toBe(Children.of([...one]).after(Children.of([...other])))
    }),
  )
  const gone = Children.of([1, 3, 9] as ContextId[])
  expect(gone.after(Children.of([1, 2, 3, 4] as ContextId[]))).toBe(2)
})
