// The facts, one a row, as they came: what happened, when, in which context, and where in the code. A row leads to its moment, and the
// rows after the one that is looked at have not happened yet.

import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react'
import type { Fact } from '../../runtime/protocol'
import { FACT_GROUPS, type FactGroup, factContext, factLabel, GROUP_OF } from '../model/selectors/fact-labels'
import type { FactList } from '../model/selectors/fact-list'
import { useFeed, useSession, useSessionState } from '../session/hooks'
import { newestFeed } from '../session/state'
import { ContextLink } from './ContextLink'
import { Highlighted } from './Highlighted'
import { useRowsInSight } from './rows-in-sight'
import { SourceLink } from './SourceLink'
import { ToolRow } from './ToolRow'
import { grouped, moment } from './words'

const ROW_HEIGHT = 22
/** Pixels from the end within which a list that grows goes on showing its end. */
const AT_THE_END = 50

export function Events({ list }: { list: FactList }) {
  return (
    <>
      <Filter many={list.length} />
      {list.length === 0 ? <Nothing looking={!list.isComplete} /> : <Rows list={list} />}
    </>
  )
}

function Nothing({ looking }: { looking: boolean }) {
  const query = useSessionState((state) => state.query)
  const words = query === '' ? 'Nothing of that kind happened.' : `Nothing of that kind contains “${query}”.`
  return <p className="quiet pad">{looking ? 'Looking…' : words}</p>
}

const groupNames: Record<FactGroup, string> = {
  values: 'Values',
  contexts: 'Contexts',
  tasks: 'Tasks',
  errors: 'Errors',
  reads: 'Reads',
  recording: 'Recording',
}

function Filter({ many }: { many: number }) {
  const session = useSession()
  const listed = useSessionState((state) => state.listed)
  const only = useSessionState((state) => state.selectedOnly)
  const toggle = (group: FactGroup) => {
    const groups = new Set(listed)
    if (!groups.delete(group)) groups.add(group)
    session.listFacts(groups)
  }
  return (
    <ToolRow label="Which events" className="event-filter">
      {FACT_GROUPS.map((group) => (
        <button
          key={group}
          type="button"
          className="filter"
          aria-pressed={listed.has(group)}
          onClick={() => toggle(group)}
        >
          {groupNames[group]}
        </button>
      ))}
      <label className="toggle" title="Leave out what happened in other contexts">
        <input type="checkbox" checked={only} onChange={(event) => session.listSelectedOnly(event.target.checked)} />
        Selected context only
      </label>
      <span className="tally">{grouped(many)}</span>
    </ToolRow>
  )
}

function Rows({ list }: { list: FactList }) {
  const session = useSession()
  const past = useSessionState((state) => state.past)
  const scroller = useRef<HTMLDivElement>(null)
  const atTheEnd = useRef(true)
  const focusNext = useRef(false)
  const at = past === null ? -1 : list.indexAt(past.seq)
  // The list is entered at the moment that is looked at, or at its end.
  const tabStop = at >= 0 ? at : list.length - 1

  const { length, isComplete } = list
  const { indexes, height, scrollTo } = useRowsInSight({
    scroller,
    count: length,
    height: ROW_HEIGHT,
    kept: tabStop,
    // Once for each moment, and where that is in the list is known when all facts were looked at: whoever reads elsewhere meanwhile is left
    // alone, also while more facts come.
    wanted: past === null ? { row: -1, reason: null } : { row: Math.max(at, 0), reason: `${past.seq} ${isComplete}` },
  })
  useLayoutEffect(() => {
    if (past === null && atTheEnd.current) scrollTo(length - 1, 'end')
  }, [scrollTo, past, length])

  useEffect(() => {
    if (!focusNext.current) return
    const row = scroller.current?.querySelector<HTMLElement>('[aria-current] > button')
    if (row == null) return
    focusNext.current = false
    row.focus({ preventScroll: true })
  })

  const look = (index: number) => {
    const fact = list.fact(index)
    if (fact === null) return
    focusNext.current = true
    session.lookBack(fact.seq)
  }

  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1, 1)
    const places: Record<string, number> = {
      ArrowUp: tabStop - 1,
      ArrowDown: tabStop + 1,
      PageUp: tabStop - page,
      PageDown: tabStop + page,
      Home: 0,
      End: length - 1,
    }
    const to = places[event.key]
    if (to === undefined) return
    event.preventDefault()
    look(Math.min(Math.max(to, 0), length - 1))
  }

  const noteEnd = () => {
    const box = scroller.current
    if (box !== null) atTheEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight <= AT_THE_END
  }

  return (
    <div ref={scroller} className="event-rows" onScroll={noteEnd}>
      <ol className="rows" style={{ height }}>
        {indexes.map((index) => {
          const fact = list.fact(index)
          if (fact === null) return null
          return (
            <Row
              key={fact.seq}
              fact={fact}
              before={list.fact(index - 1)}
              index={index}
              many={length}
              top={index * ROW_HEIGHT}
              place={past === null ? null : index === at ? 'here' : index > at ? 'later' : null}
              focusable={index === tabStop}
              onLook={() => look(index)}
              onKey={handleKey}
            />
          )
        })}
      </ol>
    </div>
  )
}

interface RowProps {
  fact: Fact
  before: Fact | null
  index: number
  many: number
  top: number
  /** How it lies to the moment that is looked at. */
  place: 'here' | 'later' | null
  focusable: boolean
  onLook: () => void
  onKey: (event: KeyboardEvent) => void
}

function Row({ fact, before, index, many, top, place, focusable, onLook, onKey }: RowProps) {
  const { timeline } = useSessionState(newestFeed)
  const { world: shown } = useFeed()
  const query = useSessionState((state) => state.query)
  const world = timeline.head
  const stop = focusable ? 0 : -1
  const context = factContext(world, fact)
  const group = GROUP_OF[fact.type]
  return (
    <li
      className={`event-row of-${group}${place === null ? '' : ` ${place}`}`}
      style={{ top }}
      aria-setsize={many}
      aria-posinset={index + 1}
      aria-current={place === 'here' ? 'step' : undefined}
    >
      <span className="seq">{grouped(fact.seq)}</span>
      <time>{moment(fact.at)}</time>
      <span className="since">
        {before === null ? '' : `+${moment(Math.max(fact.at - before.at, 0) as typeof fact.at)}`}
      </span>
      <button
        type="button"
        className="event"
        tabIndex={stop}
        title={`Show everything as it was after fact ${grouped(fact.seq)}`}
        onClick={onLook}
        onKeyDown={onKey}
      >
        <Highlighted text={factLabel(world, fact)} query={query} />
      </button>
      {context !== null && shown.contexts.has(context) && <ContextLink context={context} tabIndex={stop} />}
      {'stack' in fact && <SourceLink stack={fact.stack} tabIndex={stop} />}
    </li>
  )
}
