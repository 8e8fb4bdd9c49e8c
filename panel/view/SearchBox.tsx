// Search in the tree: rows that do not lead to a hit are left out, Enter goes from hit to hit.

import { type KeyboardEvent, useEffect, useRef } from 'react'
import { parseQuery, type Query } from '../model/selectors/query'
import { useSelected, useSession, useSessionState } from '../session/hooks'
import type { Rows } from '../session/rows'
import { CloseIcon, NextIcon, PreviousIcon, SearchIcon } from './icons'

const REMARKS: Record<NonNullable<Query['remark']>, string> = {
  'not a regex': 'This is not a regular expression, so nothing is found',
  'too slow':
    'It looks ahead or behind, refers back, or repeats very often, which could take for ever: so nothing is found',
  'as text': 'Taken as text: a regular expression ends in a slash',
}

export function SearchBox({ rows }: { rows: Rows }) {
  const session = useSession()
  const query = useSessionState((state) => state.query)
  const selected = useSelected()
  const input = useRef<HTMLInputElement>(null)

  const remark = parseQuery(query)?.remark ?? null
  const hits = query === '' ? 0 : rows.hits
  const at = hits === 0 || selected === null ? -1 : rows.hitOf(selected)

  const step = (by: 1 | -1) => {
    if (hits === 0) return
    const from = at < 0 && by < 0 ? 0 : at
    const next = rows.hit((from + by + hits) % hits)
    if (next !== null) session.choose(next)
  }

  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && query !== '') session.search('')
    else return
    event.preventDefault()
  }

  const clear = () => {
    session.search('')
    // The button goes with what was found.
    input.current?.focus()
  }

  useEffect(() => {
    const find = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      // DevTools would take it for its own search, and hears of keys on the document.
      event.stopPropagation()
      input.current?.select()
    }
    addEventListener('keydown', find, true)
    return () => removeEventListener('keydown', find, true)
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
            {remark !== null && remark !== 'as text' ? '' : hits === 0 ? 'none' : `${at < 0 ? '–' : at + 1} of ${hits}`}
          </span>
          <button type="button" className="icon-button" title="Previous (Shift+Enter)" onClick={() => step(-1)}>
            <PreviousIcon />
            <span className="heard-only">Previous</span>
          </button>
          <button type="button" className="icon-button" title="Next (Enter)" onClick={() => step(1)}>
            <NextIcon />
            <span className="heard-only">Next</span>
          </button>
          <button type="button" className="icon-button" title="Clear (Escape)" onClick={clear}>
            <CloseIcon />
            <span className="heard-only">Clear</span>
          </button>
        </>
      )}
    </search>
  )
}
