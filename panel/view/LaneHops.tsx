// Where the selected context was copied from, and those in sight that were copied from it: a line from the lane of the one to that of the
// other, with a dot at its end. The dot tells of its hop when it is pressed; a line would be in the way of the lanes that it crosses.

import type { MouseEvent } from 'react'
import type { ContextId } from '../../runtime/protocol'
import { type Span, xOf } from '../model/selectors/lanes'
import { useSessionState } from '../session/hooks'
import type { ContextRows } from '../session/rows'
import { newestFeed } from '../session/state'
import { hopWords } from './lane-words'

/** Pixels from the line to the beginning of the lane, where there may be a mark; and from the edge of them all. */
const BEFORE = 10
const EDGE = 4

interface Props {
  rows: ContextRows
  /** Of the rows in sight. */
  indexes: readonly number[]
  selected: number
  /** The context whose hop is told of. */
  opened: ContextId | null
  span: Span
  /** Of a lane. */
  height: number
  onPress: (context: ContextId) => void
}

export function LaneHops({ rows, indexes, selected, opened, span, height, onPress }: Props) {
  const { timeline } = useSessionState(newestFeed)
  const { contexts } = timeline.head
  const row = rows.row(selected)
  if (row === null) return null
  const entryAt = (index: number) => contexts.get(rows.row(index)?.context as ContextId)
  const children = indexes.filter((index) => entryAt(index)?.parent === row.context)
  const hops = children.map((index) => ({ from: selected, to: index }))
  const above = rows.above(selected)
  if (above >= 0) hops.push({ from: above, to: selected })
  const press = (event: MouseEvent) => {
    const hop = (event.target as HTMLElement).dataset.hop
    if (event.button !== 0 || hop === undefined) return
    event.preventDefault()
    onPress(Number(hop) as ContextId)
  }
  // The keyboard has all of this at the rows themselves.
  return (
    <div role="presentation" className="track over" aria-hidden="true" onMouseDown={press}>
      {hops.map(({ from, to }) => {
        const entry = entryAt(to)
        const x = xOf(entry?.createdAt ?? 0, span)
        if (entry === undefined || x < 0 || x > span.width) return null
        const top = (from + 0.5) * height
        const left = Math.min(Math.max(x - BEFORE, EDGE), x)
        return (
          <span
            key={to}
            className={entry.id === opened ? 'lane-hop opened' : 'lane-hop'}
            style={{ left, width: x - left, top, height: (to + 0.5) * height - top }}
          >
            <span className="lane-hop-end" title={`${hopWords(timeline.head, entry.id)}: why?`} data-hop={entry.id} />
          </span>
        )
      })}
    </div>
  )
}
