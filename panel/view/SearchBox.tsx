// Search in the tree: rows that do not lead to a hit are left out, Enter goes from hit to hit.

import { type KeyboardEvent, useEffect, useRef } from 'react'
import { parseQuery, type Query } from '../model/selectors/query'
import { useSelected, useSession, useSessionState } from '../session/hooks'
import { isDocumentRow, type Row } from '../session/rows'
import { CloseIcon, NextIcon, PreviousIcon, SearchIcon } from './icons'

const REMARKS: Record<NonNullable<Query['remark']>, string> = {
  'not a regex': 'This is not a regular expression, so nothing is found',
  'as text': 'Taken as text: a regular expression ends in a slash',
}

export function SearchBox({ rows }: { rows: readonly Row[] }) {
  const session = useSession()
  const query = useSessionState((state) => state.query)
  const selected = useSelected()
  const input = useRef<HTMLInputElement>(null)

  const remark = parseQuery(query)?.remark ?? null
  const hits = query === '' ? [] : rows.filter((row) => !isDocumentRow(row)).filter((row) => row.matches)
  const at = hits.findIndex((row) => row.context === selected)

  const step = (by: 1 | -1) => {
    if (hits.length === 0) return
    const from = at < 0 && by < 0 ? 0 : at
    const next = hits[(from + by + hits.length) % hits.length]
    if (next) session.choose(next.context)
  }

  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && query !== '') session.search('')
    else return
    event.preventDefault()
  }

  useEffect(() => {
    const find = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      input.current?.select()
    }
    addEventListener('keydown', find)
    return () => removeEventListener('keydown', find)
  }, [])

  return (
    <search className="search">
      <SearchIcon />
      <input
        ref={input}
        type="text"
        aria-label="Find in contexts and values"
        placeholder="Find"
        title="Names, values and files; /…/ is a regular expression"
        spellCheck={false}
        value={query}
        onChange={(event) => session.search(event.target.value)}
        onKeyDown={handleKey}
      />
      {query !== '' && (
        <>
          <span className="hits" aria-live="polite">
            {remark !== null && (
              <span className="remark" title={REMARKS[remark]}>
                {remark}
              </span>
            )}{' '}
            {remark === 'not a regex' ? '' : hits.length === 0 ? 'none' : `${at < 0 ? '–' : at + 1} of ${hits.length}`}
          </span>
          <button type="button" className="icon-button" title="Previous (Shift+Enter)" onClick={() => step(-1)}>
            <PreviousIcon />
            <span className="heard-only">Previous</span>
          </button>
          <button type="button" className="icon-button" title="Next (Enter)" onClick={() => step(1)}>
            <NextIcon />
            <span className="heard-only">Next</span>
          </button>
          <button type="button" className="icon-button" title="Clear (Escape)" onClick={() => session.search('')}>
            <CloseIcon />
            <span className="heard-only">Clear</span>
          </button>
        </>
      )}
    </search>
  )
}
