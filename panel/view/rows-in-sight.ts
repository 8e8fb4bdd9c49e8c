// Which rows of a long list are in sight, where all are of one height: two divisions say so, however long the list is, and nothing is kept
// of any row. To ask a box where it is scrolled to has the browser lay out all that was changed, so what it said last is remembered.

import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

export interface List {
  scroller: RefObject<HTMLElement | null>
  count: number
  /** Of a row, in pixels. */
  height: number
  /** Pixels of the scroller that lie above the first row, and stay in front of the others. */
  head?: number
  /** The row that is drawn wherever the rest is scrolled to, since it may have the focus. */
  kept?: number
  /** A row that comes into sight whenever this is asked for by another reason; -1 is none. It is drawn before the box is scrolled there. */
  wanted?: { row: number; reason: unknown }
}

export interface RowsInSight {
  /** Those to draw, in their order. */
  indexes: readonly number[]
  /** Of all rows, in pixels. */
  height: number
  /** `auto` as little as it takes, `end` to the lower edge. */
  scrollTo(index: number, align: 'auto' | 'end'): void
}

/** Rows that are drawn beyond either edge, so that a turn of the wheel shows no hole. */
const BEYOND = 12
/** Milliseconds after which they are drawn where another part of the list came into sight: who goes through time sees many of them. */
const REST = 150

const NOTHING = { row: -1, reason: null }

export function useRowsInSight({ scroller, count, height, head = 0, kept = -1, wanted = NOTHING }: List): RowsInSight {
  const [sight, setSight] = useState({ from: 0, to: 0 })
  /** The box, as it was looked at last. */
  const seen = useRef({ top: 0, tall: 0 })

  const see = useCallback(
    (box: { top: number; tall: number }) => {
      seen.current = box
      const from = Math.floor((box.top - head) / height)
      const to = Math.ceil((box.top + box.tall - head) / height)
      setSight((sight) => (sight.from === from && sight.to === to ? sight : { from, to }))
    },
    [height, head],
  )
  const look = useCallback(() => {
    const box = scroller.current
    if (box !== null) see({ top: box.scrollTop, tall: box.clientHeight })
  }, [scroller, see])

  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return
    look()
    // Drawn before the browser shows what it has scrolled to.
    const scrolled = () => flushSync(look)
    box.addEventListener('scroll', scrolled, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(box)
    return () => {
      box.removeEventListener('scroll', scrolled)
      observer.disconnect()
    }
  }, [scroller, look])

  /** Where a box is scrolled to when a row has come into sight. */
  const topFor = useCallback(
    (index: number, align: 'auto' | 'end', { top, tall }: { top: number; tall: number }) => {
      const highest = index * height
      const lowest = highest + head + height - tall
      return align === 'end' ? lowest : highest < top ? highest : Math.max(top, lowest)
    },
    [height, head],
  )
  const scrollTo = useCallback(
    (index: number, align: 'auto' | 'end') => {
      const box = scroller.current
      if (box === null) return
      const top = topFor(index, align, { top: box.scrollTop, tall: box.clientHeight })
      if (top !== box.scrollTop) box.scrollTop = top
      look()
    },
    [scroller, topFor, look],
  )

  const { row, reason } = wanted
  const [drawnFor, setDrawnFor] = useState(reason)
  const [beyond, setBeyond] = useState(BEYOND)
  if (drawnFor !== reason) {
    setDrawnFor(reason)
    if (row >= 0) {
      const { tall } = seen.current
      const lowest = Math.max(count * height + head - tall, 0)
      const top = topFor(row, 'auto', { top: Math.min(seen.current.top, lowest), tall })
      if (Math.abs(top - seen.current.top) > tall) setBeyond(0)
      see({ top, tall })
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that another part is in sight, it begins anew
  useEffect(() => {
    if (beyond === BEYOND) return
    const timer = setTimeout(setBeyond, REST, BEYOND)
    return () => clearTimeout(timer)
  }, [beyond, sight])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each reason, wherever the row is later
  useLayoutEffect(() => {
    if (row >= 0) scrollTo(row, 'auto')
  }, [scrollTo, reason])

  // A list that became shorter is scrolled less far, of which the browser tells later.
  const over = Math.min(Math.max(sight.to - count, 0), Math.max(sight.from, 0))
  const [from, to] = [sight.from - over, sight.to - over]
  const indexes = useMemo(() => {
    const list: number[] = []
    const [first, end] = [Math.max(from - beyond, 0), Math.min(to + beyond, count)]
    if (kept >= 0 && kept < Math.min(first, count)) list.push(kept)
    for (let index = first; index < end; index++) list.push(index)
    if (kept >= Math.max(end, first) && kept < count) list.push(kept)
    return list
  }, [from, to, beyond, count, kept])

  return { indexes, height: count * height, scrollTo }
}
