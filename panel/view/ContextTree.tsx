// The tree of contexts. Only the rows in sight are rendered; the keyboard follows the WAI-ARIA tree pattern, where the selected
// row is the one that has the focus.

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
import type { ContextId } from '../../runtime/protocol'
import { useFeed, useSelected, useSession, useSessionState } from '../session/hooks'
import { isDocumentRow, type Row } from '../session/rows'
import { pausedContext } from '../session/state'
import { DETAILS_ID } from './ContextDetails'
import { useContextMenu } from './ContextMenu'
import { ContextRow } from './ContextRow'
import { copyForms, formNames, useCopyContext } from './CopyContext'
import { DocumentRow } from './DocumentRow'
import { rowId } from './row-place'
import { TypeAhead, treeMove } from './tree-keyboard'

const ROW_HEIGHT = 22

export function ContextTree({ rows }: { rows: readonly Row[] }) {
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
      label: formNames[form],
      run: () => {
        if (context !== null) void copy(context, form)
      },
    }))
    return { label: 'Copy as', groups: [items] }
  })
  const scroller = useRef<HTMLDivElement>(null)
  const typeAhead = useRef(new TypeAhead())
  const focusNext = useRef(false)

  const selectedIndex = useMemo(
    () => rows.findIndex((row) => (isDocumentRow(row) ? row.document === marked : row.context === selected)),
    [rows, selected, marked],
  )
  // A tree is entered at its selected row, or at its first where that one is folded away.
  const tabStop = Math.max(selectedIndex, 0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: useCallback((index: number) => keyOf(rows[index]) ?? index, [rows]),
    overscan: 12,
    // The row that has the focus stays, wherever the rest is scrolled to.
    rangeExtractor: (range) => {
      const sight = defaultRangeExtractor(range)
      return sight.includes(tabStop) ? sight : [...sight, tabStop].sort((a, b) => a - b)
    },
  })

  // A context that somebody chose, here or elsewhere in the panel, comes into sight once, and so does one where the page pauses, or where
  // the moment happened that somebody looks back at.
  const happened = useSessionState(({ past }) => past !== null) ? (where?.current ?? null) : null
  const wanted = marked ?? chosen ?? happened ?? paused
  const wantedIndex = useRef(-1)
  wantedIndex.current = wanted === (marked ?? selected) ? selectedIndex : -1
  useLayoutEffect(() => {
    if (wanted !== null && wantedIndex.current >= 0) virtual.scrollToIndex(wantedIndex.current, { align: 'auto' })
  }, [virtual, wanted])

  useLayoutEffect(() => {
    const selectedRow = rows[selectedIndex]
    if (!focusNext.current || selectedRow === undefined) return
    const row = document.getElementById(rowId(selectedRow))
    if (row === null) return
    focusNext.current = false
    row.focus({ preventScroll: true })
  })

  function choose(index: number) {
    const row = rows[index]
    if (row === undefined) return
    if (isDocumentRow(row)) session.mark(row.document)
    else session.choose(row.context)
    focusNext.current = true
  }

  function expand(indexes: readonly number[]) {
    const wanted = indexes.flatMap((index) => rows[index] ?? [])
    session.expand(wanted.flatMap((row) => (isDocumentRow(row) ? [] : [row.context])))
    // Of documents one at a time is unfolded.
    const [document] = wanted.filter(isDocumentRow)
    if (document !== undefined && wanted.length === 1) session.showDocument(document.document)
  }

  function collapse(index: number) {
    const row = rows[index]
    if (row === undefined) return
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
    const index = rows.findIndex((row) => rowId(row) === on?.id)
    const row = rows[index]
    if (row === undefined || isDocumentRow(row)) return
    // Not `choose`: the focus goes to the menu.
    session.choose(row.context)
    asked.current = row.context
    showMenu(event)
  }

  function handleKey(event: KeyboardEvent) {
    if (copies(event)) {
      const row = rows[tabStop]
      if (row !== undefined && !isDocumentRow(row)) void copy(row.context, 'text')
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
      <div role="presentation" className="rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index]
          if (row === undefined) return null
          if (isDocumentRow(row)) {
            const focusable = index === tabStop
            return (
              <DocumentRow key={key} row={row} top={start} selected={index === selectedIndex} focusable={focusable} />
            )
          }
          const current = row.context === paused ? 'paused' : row.context === where?.current ? 'running' : null
          return (
            <ContextRow
              key={key}
              row={row}
              top={start}
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

const keyOf = (row: Row | undefined) => (row === undefined ? null : isDocumentRow(row) ? row.document : row.context)
