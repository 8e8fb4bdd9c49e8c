// The tree of contexts. Only the rows in sight are rendered; the keyboard follows the WAI-ARIA tree pattern, where the selected
// row is the one that has the focus.

import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import type { ContextId } from '../../runtime/protocol'
import { useFeed, useSelected, useSession, useSessionState } from '../session/hooks'
import { isDocumentRow, type Rows } from '../session/rows'
import { pausedContext } from '../session/state'
import { DETAILS_ID } from './ContextDetails'
import { useContextMenu } from './ContextMenu'
import { ContextRow } from './ContextRow'
import { copyForms, formNames, useCopyContext } from './CopyContext'
import { DocumentRow } from './DocumentRow'
import { useRowElements } from './row-elements'
import { rowId } from './row-place'
import { useRowsInSight } from './rows-in-sight'
import { TypeAhead, treeMove } from './tree-keyboard'

const ROW_HEIGHT = 22

export function ContextTree({ rows }: { rows: Rows }) {
  const session = useSession()
  const { where } = useFeed()
  const paused = useSessionState(pausedContext)
  const query = useSessionState((state) => state.query)
  const selected = useSelected()
  const chosen = useSessionState((state) => state.chosen)
  const marked = useSessionState((state) => state.marked)
  const copy = useCopyContext()
  const asked = useRef<ContextId | null>(null)
  const showMenu = useContextMenu(() => {
    const context = asked.current
    const items = copyForms.map((form) => ({
      label: `Copy as ${formNames[form]}`,
      run: () => {
        if (context !== null) void copy(context, form)
      },
    }))
    return { label: 'Copy as', groups: [items] }
  })
  const scroller = useRef<HTMLDivElement>(null)
  const typeAhead = useRef(new TypeAhead())
  const focusNext = useRef(false)

  const selectedIndex = marked !== null ? rows.indexOfDocument(marked) : selected !== null ? rows.indexOf(selected) : -1
  // A tree is entered at its selected row, or at its first where that one is folded away.
  const tabStop = Math.max(selectedIndex, 0)
  // A context that somebody chose, here or elsewhere in the panel, comes into sight once, and so does one where the page pauses, or where
  // the moment happened that somebody looks back at.
  const happened = useSessionState(({ past }) => past !== null) ? (where?.current ?? null) : null
  const wanted = marked ?? chosen ?? happened ?? paused
  const isSelected = wanted !== null && wanted === (marked ?? selected)
  const { indexes, height } = useRowsInSight({
    scroller,
    count: rows.length,
    height: ROW_HEIGHT,
    kept: tabStop,
    wanted: { row: isSelected ? selectedIndex : -1, reason: wanted },
  })
  const drawn = indexes.flatMap((index) => {
    const row = rows.row(index)
    return row === null ? [] : [{ index, row }]
  })
  const keys = useRowElements(drawn.map(({ row }) => rowId(row)))

  useLayoutEffect(() => {
    const selectedRow = focusNext.current ? rows.row(selectedIndex) : null
    if (selectedRow === null) return
    const row = document.getElementById(rowId(selectedRow))
    if (row === null) return
    focusNext.current = false
    row.focus({ preventScroll: true })
  })

  function choose(index: number) {
    const row = rows.row(index)
    if (row === null) return
    if (isDocumentRow(row)) session.mark(row.document)
    else session.choose(row.context)
    focusNext.current = true
  }

  function expand(indexes: readonly number[]) {
    const wanted = indexes.flatMap((index) => rows.row(index) ?? [])
    session.expand(wanted.flatMap((row) => (isDocumentRow(row) ? [] : [row.context])))
    // Of documents one at a time is unfolded.
    const [document] = wanted.filter(isDocumentRow)
    if (document !== undefined && wanted.length === 1) session.showDocument(document.document)
  }

  function collapse(index: number) {
    const row = rows.row(index)
    if (row === null) return
    if (isDocumentRow(row)) session.foldDocument()
    else session.collapse(row.context)
  }

  function openDetails() {
    flushSync(() => session.show('details'))
    document.getElementById(DETAILS_ID)?.focus()
  }

  /** Of the row that is pointed at, or has the focus. */
  function openMenu(event: MouseEvent<HTMLElement>) {
    const on = (event.target as HTMLElement).closest('[role=treeitem]')
    const row = drawn.find(({ row }) => rowId(row) === on?.id)?.row
    if (row === undefined || isDocumentRow(row)) return
    // Not `choose`: the focus goes to the menu.
    session.choose(row.context)
    asked.current = row.context
    showMenu(event)
  }

  function handleKey(event: KeyboardEvent) {
    if (copies(event)) {
      const row = rows.row(tabStop)
      if (row !== null && !isDocumentRow(row)) void copy(row.context, 'text')
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1, 1)
    const move = treeMove(rows, tabStop, event.key, page)
    if (move === null) {
      if (event.key.length !== 1) return
      const found = typeAhead.current.type(rows, tabStop, event.key, event.timeStamp)
      if (found !== null) choose(found)
    } else if (move.move === 'select') choose(move.index)
    else if (move.move === 'expand') expand(move.indexes)
    else if (move.move === 'collapse') collapse(move.index)
    else openDetails()
    event.preventDefault()
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Contexts"
      className="tree"
      onKeyDown={handleKey}
      onContextMenu={openMenu}
    >
      <div role="presentation" className="rows" style={{ height }}>
        {drawn.map(({ index, row }, nth) => {
          if (isDocumentRow(row)) {
            const focusable = index === tabStop
            return (
              <DocumentRow
                key={keys[nth]}
                row={row}
                top={index * ROW_HEIGHT}
                selected={index === selectedIndex}
                focusable={focusable}
              />
            )
          }
          const current = row.context === paused ? 'paused' : row.context === where?.current ? 'running' : null
          return (
            <ContextRow
              key={keys[nth]}
              row={row}
              top={index * ROW_HEIGHT}
              selected={index === selectedIndex}
              current={current}
              query={query}
              focusable={index === tabStop}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Text that somebody marked is copied by the browser. */
const copies = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'c' && (ctrlKey || metaKey) && !altKey && getSelection()?.isCollapsed !== false
