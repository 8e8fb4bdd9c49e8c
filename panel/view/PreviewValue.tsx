// A value as the page's recorder pictured it: one line, and its first entries when opened.

import { useState } from 'react'
import type { Preview } from '../../runtime/protocol'
import { Highlighted } from './Highlighted'
import { Twisty } from './icons'

export function PreviewValue({ value, query = '' }: { value: Preview; query?: string }) {
  const [open, setOpen] = useState(false)
  const entries = value.entries ?? []
  const line = (
    <span className={`value value-${value.kind}`}>
      <Highlighted text={value.text} query={query} />
    </span>
  )
  if (entries.length === 0) return line
  return (
    <div className="expandable">
      <button type="button" className="expander" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Twisty open={open} />
        {line}
      </button>
      {open && (
        <ul className="entries">
          {entries.map(([name, entry]) => (
            <li key={name}>
              <span className="entry-name">{name}</span>:{' '}
              <span className={`value value-${entry.kind}`}>{entry.text}</span>
            </li>
          ))}
          {value.more ? <li className="more">and {value.more} more</li> : null}
        </ul>
      )}
    </div>
  )
}
