// Contexts over time, in the order of the tree: a bar from the beginning of each to its end, darker where something runs in it, with
// its sets, resets and errors. A click or a key turns to a moment and to a context, or tells of a hop. Only the rows in sight are drawn.

import { type KeyboardEvent, type MouseEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { ContextId } from '../../runtime/protocol'
import { axisTimes, panned, type Span, seqAt, showing, timeOf, wholeSpan, xOf, zoomed } from '../model/selectors/lanes'
import type { Timeline } from '../model/timeline'
import { useLaneBook, useLaneRows, useSelected, useSession, useSessionState } from '../session/hooks'
import { newestFeed } from '../session/state'
import { HopDetails } from './HopDetails'
import { LaneHops } from './LaneHops'
import { LaneRow } from './LaneRow'
import { useRowsInSight } from './rows-in-sight'
import { ToolRow } from './ToolRow'
import { moment } from './words'

export const LANE_HEIGHT = 22
const ZOOM = 1.6
/** The part of what is in sight that a key moves it by. */
const PAN = 1 / 4

export function Lanes() {
  const session = useSession()
  const rows = useLaneRows()
  const book = useLaneBook()
  const { timeline } = useSessionState(newestFeed)
  const past = useSessionState((state) => state.past)
  const selected = useSelected()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const whole = wholeSpan(timeline, width)
  /** Null shows all, however long it gets. */
  const [look, setLook] = useState<Omit<Span, 'width'> | null>(null)
  const span = look === null ? whole : { ...look, width }
  /** The context whose hop is told of beside the lanes. The numbers of one recording mean nothing in another. */
  const [hop, setHop] = useState<{ timeline: Timeline; context: ContextId } | null>(null)
  const opened = hop?.timeline === timeline ? hop.context : null
  const now = timeline.head.at
  const at = past === null ? now : (timeline.factAt(past.seq)?.at ?? whole.from)

  const selectedIndex = selected === null ? -1 : rows.indexOf(selected)
  const { indexes, height } = useRowsInSight({
    scroller,
    count: rows.length,
    height: LANE_HEIGHT,
    // The times stay above the rows, wherever these are scrolled to.
    head: LANE_HEIGHT,
    kept: selectedIndex,
    // Another selection comes into sight, not each row that moves.
    wanted: { row: selectedIndex, reason: selected },
  })

  const show = (next: Span) => {
    const isWhole = next.to - next.from >= whole.to - whole.from
    setLook(isWhole ? null : { from: next.from, to: next.to })
  }
  const zoom = (by: number, x = Math.min(Math.max(xOf(at, span), 0), width)) => show(zoomed(span, by, x, whole))

  const lookAt = (seq: number | null) => {
    if (seq === null) return
    if (seq >= timeline.head.seq) session.goLive()
    else session.lookBack(seq)
    const then = timeline.factAt(seq)?.at
    if (then !== undefined && look !== null) show(showing(span, then, whole))
  }

  const openHop = (context: ContextId | null) => setHop(context === null ? null : { timeline, context })
  const toggleHop = () => openHop(opened === null ? selected : null)
  const closeHop = () => {
    openHop(null)
    scroller.current?.focus({ preventScroll: true })
  }

  /** Turns to a context; one that has not begun at the moment that is looked at cannot be looked at there. */
  const choose = (context: ContextId) => {
    session.choose(context)
    // Where one is told of, it is that of what is looked at.
    if (opened !== null) openHop(context)
    if (past !== null && begin(context) > past.seq) lookAt(begin(context))
  }

  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' && opened !== null) {
      // DevTools would take it for itself.
      event.stopPropagation()
      event.preventDefault()
      return closeHop()
    }
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / LANE_HEIGHT) - 2, 1)
    const places: Record<string, number> = {
      ArrowUp: selectedIndex - 1,
      ArrowDown: selectedIndex + 1,
      PageUp: selectedIndex - page,
      PageDown: selectedIndex + page,
      Home: 0,
      End: rows.length - 1,
    }
    const to = places[event.key]
    if (to !== undefined) select(to)
    else if (event.key === 'Enter') toggleHop()
    else if (!turn(event)) return
    event.preventDefault()
  }

  const select = (index: number) => {
    const row = rows.row(Math.min(Math.max(index, 0), rows.length - 1))
    if (row !== null) choose(row.context)
  }

  const turnTo = (context: ContextId) => {
    choose(context)
    session.reveal(context)
  }

  const begin = (context: ContextId): number => timeline.head.contexts.get(context)?.created ?? 0

  /** What a key does with the time; false where it means nothing. */
  const turn = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (key === '+' || key === '=') zoom(ZOOM)
    else if (key === '-') zoom(1 / ZOOM)
    else if (key === '0') setLook(null)
    else if (key === 'ArrowLeft' && shiftKey) show(panned(span, -PAN, whole))
    else if (key === 'ArrowRight' && shiftKey) show(panned(span, PAN, whole))
    else if (key === 'ArrowLeft') step('before')
    else if (key === 'ArrowRight') step('after')
    else return false
    return true
  }

  /** On to what happened before or after in the selected context. */
  const step = (direction: 'before' | 'after') => {
    if (selected === null) return
    const to = book.around(selected, past?.seq ?? timeline.head.seq + 1)[direction]
    if (to !== null) lookAt(to)
    else if (direction === 'after') session.goLive()
  }

  // React listens to wheels passively, and could not keep the page from zooming itself.
  const turned = useRef<(event: WheelEvent) => void>(() => {})
  turned.current = (event) => {
    const box = scroller.current?.getBoundingClientRect()
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
    if (event.ctrlKey)
      zoom(event.deltaY < 0 ? ZOOM : 1 / ZOOM, event.clientX - (box?.left ?? 0) - nameWidth(scroller.current))
    else if (sideways !== 0) show(panned(span, sideways / Math.max(width, 1), whole))
    else return
    event.preventDefault()
  }
  useEffect(() => {
    const box = scroller.current
    const handle = (event: WheelEvent) => turned.current(event)
    box?.addEventListener('wheel', handle, { passive: false })
    return () => box?.removeEventListener('wheel', handle)
  }, [])

  const press = (event: MouseEvent, context: ContextId) => {
    if (event.button !== 0) return
    event.preventDefault()
    scroller.current?.focus({ preventScroll: true })
    session.choose(context)
    if (opened !== null) openHop(context)
    const target = event.target as HTMLElement
    const mark = target.closest<HTMLElement>('[data-seq]')
    const track = target.closest('.track')
    if (mark !== null) lookAt(Number(mark.dataset.seq))
    else if (track !== null) {
      const then = timeOf(event.clientX - track.getBoundingClientRect().left, span)
      lookAt(then >= now ? timeline.head.seq : Math.max(seqAt(timeline, then), begin(context)))
    }
  }

  return (
    <>
      <Tools
        onZoom={zoom}
        onFit={() => setLook(null)}
        isWhole={look === null}
        onHop={toggleHop}
        isHopOpen={opened !== null}
      />
      <div className="lane-parts">
        <div
          ref={scroller}
          className="lanes"
          role="listbox"
          aria-label="Contexts over time"
          aria-activedescendant={selectedIndex < 0 ? undefined : `${id}${selected}`}
          tabIndex={0}
          onKeyDown={handleKey}
        >
          <Axis span={span} at={past === null ? null : at} />
          <div role="presentation" className="rows" style={{ height }}>
            {indexes.map((index) => {
              const row = rows.row(index)
              return row === null ? null : (
                <LaneRow
                  key={row.context}
                  id={`${id}${row.context}`}
                  row={row}
                  index={index}
                  many={rows.length}
                  top={index * LANE_HEIGHT}
                  selected={index === selectedIndex}
                  span={span}
                  now={now}
                  book={book}
                  onPress={press}
                />
              )
            })}
            <LaneHops
              rows={rows}
              indexes={indexes}
              selected={selectedIndex}
              opened={opened}
              span={span}
              height={LANE_HEIGHT}
              onPress={openHop}
            />
            <MomentLine x={xOf(at, span)} span={span} isPast={past !== null} />
          </div>
        </div>
        {opened !== null && <HopDetails context={opened} onTurn={turnTo} onClose={closeHop} />}
      </div>
    </>
  )
}

interface ToolsProps {
  onZoom: (by: number) => void
  onFit: () => void
  isWhole: boolean
  onHop: () => void
  isHopOpen: boolean
}

function Tools({ onZoom, onFit, isWhole, onHop, isHopOpen }: ToolsProps) {
  return (
    <ToolRow label="Time that is shown" className="lane-tools">
      <button
        type="button"
        className="filter"
        title="Zoom out (-)"
        aria-disabled={isWhole}
        onClick={() => onZoom(1 / ZOOM)}
      >
        −<span className="heard-only"> Zoom out</span>
      </button>
      <button type="button" className="filter" title="Zoom in (+)" onClick={() => onZoom(ZOOM)}>
        +<span className="heard-only"> Zoom in</span>
      </button>
      <button type="button" className="filter" title="Show all of the time (0)" aria-disabled={isWhole} onClick={onFit}>
        Fit
      </button>
      <button
        type="button"
        className="filter"
        title="How the selected context was copied from another, and where in the code (Enter)"
        aria-pressed={isHopOpen}
        onClick={onHop}
      >
        Hop
      </button>
      <span className="lane-legend" aria-hidden="true">
        <span className="legend-work" /> runs
        <span className="lane-mark set" /> set
        <span className="lane-mark reset" /> reset
        <span className="lane-mark error" /> error
      </span>
    </ToolRow>
  )
}

function Axis({ span, at }: { span: Span; at: number | null }) {
  return (
    <div className="lane-axis" aria-hidden="true">
      <div className="track">
        {axisTimes(span).map((time) => (
          <span key={time} className="lane-time" style={{ left: xOf(time, span) }}>
            {moment(time)}
          </span>
        ))}
        {at !== null && <MomentLine x={xOf(at, span)} span={span} isPast />}
      </div>
    </div>
  )
}

function MomentLine({ x, span, isPast }: { x: number; span: Span; isPast: boolean }) {
  if (x < 0 || x > span.width + 1) return null
  return (
    <div className="track over" aria-hidden="true">
      <span className={isPast ? 'lane-moment past' : 'lane-moment'} style={{ left: Math.min(x, span.width - 1) }} />
    </div>
  )
}

/** What the names take is said in the style sheet. */
const nameWidth = (box: HTMLElement | null): number =>
  box?.querySelector<HTMLElement>('.lane-axis .track')?.offsetLeft ?? 0

/** How wide the lanes are, without their names. */
function useWidth(scroller: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(600)
  useLayoutEffect(() => {
    const track = scroller.current?.querySelector('.lane-axis .track')
    if (track == null) return
    const measure = () => setWidth(Math.max(track.clientWidth, 1))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(track)
    return () => observer.disconnect()
  }, [scroller])
  return width
}
