// What keys mean in the tree, on a small one:
//
//   0 base
//   1   Alice
//   2     loads      (folded: has children)
//   3     renders
//   4   Bob
//   5 other

import { describe, expect, it } from 'vitest'
import { type KeyedRows, TypeAhead, treeMove } from '../../panel/view/tree-keyboard'

const row = (depth: number, label: string, children: 'open' | 'folded' | 'none') => ({
  depth,
  label,
  hasChildren: children !== 'none',
  expanded: children === 'open',
})

function rowsOf(list: readonly ReturnType<typeof row>[]): KeyedRows {
  const above = (index: number): number =>
    list.slice(0, index).findLastIndex(({ depth }) => depth < (list[index]?.depth ?? 0))
  return {
    length: list.length,
    row: (index) => list[index] ?? null,
    label: (index) => list[index]?.label ?? '',
    above,
    beside: (index) => [...list.keys()].filter((other) => above(other) === above(index)),
  }
}

const rows = rowsOf([
  row(0, 'base', 'open'),
  row(1, 'Alice', 'open'),
  row(2, 'loads', 'folded'),
  row(2, 'renders', 'none'),
  row(1, 'Bob', 'none'),
  row(0, 'other', 'none'),
])

const press = (index: number, key: string) => treeMove(rows, index, key, 3)
const select = (index: number) => ({ move: 'select', index })

describe('keys in the tree', () => {
  it('moves over the rows in sight, and stops at both ends', () => {
    expect(press(1, 'ArrowDown')).toEqual(select(2))
    expect(press(5, 'ArrowDown')).toEqual(select(5))
    expect(press(3, 'ArrowUp')).toEqual(select(2))
    expect(press(0, 'ArrowUp')).toEqual(select(0))
    expect(press(3, 'Home')).toEqual(select(0))
    expect(press(3, 'End')).toEqual(select(5))
    expect(press(1, 'PageDown')).toEqual(select(4))
    expect(press(1, 'PageUp')).toEqual(select(0))
  })

  it('Right unfolds, then enters; on a leaf it does nothing', () => {
    expect(press(2, 'ArrowRight')).toEqual({ move: 'expand', indexes: [2] })
    expect(press(1, 'ArrowRight')).toEqual(select(2))
    expect(press(3, 'ArrowRight')).toBeNull()
  })

  it('Left folds, then leaves for the parent; at a folded root it does nothing', () => {
    expect(press(1, 'ArrowLeft')).toEqual({ move: 'collapse', index: 1 })
    expect(press(2, 'ArrowLeft')).toEqual(select(1))
    expect(press(3, 'ArrowLeft')).toEqual(select(1))
    expect(press(4, 'ArrowLeft')).toEqual(select(0))
    expect(press(5, 'ArrowLeft')).toBeNull()
  })

  it('* unfolds every sibling, and nobody else', () => {
    expect(press(3, '*')).toEqual({ move: 'expand', indexes: [2, 3] })
    expect(press(4, '*')).toEqual({ move: 'expand', indexes: [1, 4] })
    expect(press(0, '*')).toEqual({ move: 'expand', indexes: [0, 5] })
  })

  it('means nothing in an empty tree', () => {
    for (const key of ['ArrowDown', 'ArrowLeft', 'End', '*', 'Enter'])
      expect(treeMove(rowsOf([]), 0, key, 3)).toBeNull()
  })
})

describe('type-ahead', () => {
  it('goes to the next row that begins so, around the end', () => {
    const typed = new TypeAhead()
    expect(typed.type(rows, 1, 'b', 0)).toBe(4)
    expect(typed.type(rows, 4, 'b', 5000)).toBe(0)
  })

  it('takes letters that follow closely for one word, and others for a new one', () => {
    const typed = new TypeAhead()
    expect(typed.type(rows, 0, 'b', 0)).toBe(4)
    expect(typed.type(rows, 4, 'a', 100)).toBe(0)
    expect(typed.type(rows, 0, 'r', 2000)).toBe(3)
  })

  it('steps through all with the same letter again and again', () => {
    const typed = new TypeAhead()
    expect(typed.type(rows, 0, 'B', 0)).toBe(4)
    expect(typed.type(rows, 4, 'B', 100)).toBe(0)
    expect(typed.type(rows, 0, 'B', 200)).toBe(4)
  })

  it('finds nothing where nothing begins so', () => {
    expect(new TypeAhead().type(rows, 0, 'z', 0)).toBeNull()
  })
})
