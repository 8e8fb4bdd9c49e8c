// Which element draws which row: a row keeps its own as long as it is in sight, and one that comes takes that of one that left. Who goes
// through time sees other rows at each step, and to write other words into an element costs less than to make it.

import { useRef } from 'react'

/** A key for each of these rows, which are named as their elements are (`rowId`). */
export function useRowElements(rows: readonly string[]): readonly number[] {
  const drawn = useRef<ReadonlyMap<string, number>>(new Map())
  const made = useRef(0)
  const inSight = new Set(rows)
  // Who has the focus is never somebody else all at once.
  const isFree = (row: string) => !inSight.has(row) && document.activeElement?.id !== row
  const free = [...drawn.current].filter(([row]) => isFree(row)).map(([, key]) => key)
  // In their order, so that elements stand as their rows do and few are moved.
  let taken = 0
  const keys = rows.map((row) => drawn.current.get(row) ?? free[taken++] ?? made.current++)
  drawn.current = new Map(rows.map((row, index) => [row, keys[index] ?? 0]))
  return keys
}
