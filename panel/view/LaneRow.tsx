// One context over time: its name, its bar, and what happened in it. What is drawn is also said in words.

import { type MouseEvent, useMemo } from 'react'
import type { ContextId } from '../../runtime/protocol'
import type { LaneBook, Span } from '../model/selectors/lanes'
import { endOf } from '../model/selectors/standing'
import type { TreeRow } from '../model/selectors/tree'
import { useSessionState } from '../session/hooks'
import { newestFeed } from '../session/state'
import { isNamed } from './ContextName'
import { KindIcon } from './icons'
import { laneWords } from './lane-words'
import { indentation } from './row-place'

interface Props {
  id: string
  row: TreeRow
  index: number
  many: number
  top: number
  selected: boolean
  span: Span
  now: number
  book: LaneBook
  onPress: (event: MouseEvent, context: ContextId) => void
}

/** Names have little room here: what lies deep is moved in by half. */
const SHARE = 0.5

export function LaneRow({ id, row, index, many, top, selected, span, now, book, onPress }: Props) {
  const { timeline, version } = useSessionState(newestFeed)
  const entry = timeline.head.contexts.get(row.context)
  const { from, to, width } = span
  // Whoever scrolls draws the rows again, and few of them are new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the book is edited in place, the version says when
  const lane = useMemo(
    () => (entry === undefined ? null : book.lane(entry, { from, to, width }, now)),
    [book, version, entry, from, to, width, now],
  )
  if (entry === undefined || lane === null) return null
  const { bar, open, works, marks } = lane
  const number = isNamed(row.kind) ? null : row.context
  const words = laneWords({
    label: row.label,
    number,
    kind: row.kind,
    what: row.what,
    from: entry.createdAt,
    to: endOf(entry),
    counts: book.countsOf(row.context),
  })
  return (
    <div
      role="option"
      // The list has the focus, and says which of its rows is meant.
      tabIndex={-1}
      id={id}
      aria-label={words}
      aria-selected={selected}
      aria-setsize={many}
      aria-posinset={index + 1}
      className={`lane ${row.state}`}
      style={{ top }}
      title={words}
      onMouseDown={(event) => onPress(event, row.context)}
    >
      <span className="lane-name" style={{ paddingInlineStart: indentation(row.depth) * SHARE }}>
        <KindIcon kind={row.kind} />
        <span className="label">{row.label}</span> {number !== null && <span className="number">{number}</span>}
      </span>
      <span className="track">
        {bar !== null && (
          <span
            className={`lane-bar kind-${row.kind}${open ? ' open' : ''}`}
            style={{ left: bar.x, width: bar.width }}
          />
        )}
        {works.map(({ x, width }) => (
          <span key={x} className={`lane-work kind-${row.kind}`} style={{ left: x, width }} />
        ))}
        {marks.map(({ x, seq, kind, many }) => (
          <span
            key={seq}
            data-seq={seq}
            className={`lane-mark ${kind}${many > 1 ? ' several' : ''}`}
            style={{ left: x }}
          />
        ))}
      </span>
    </div>
  )
}
