// What happened in a context, oldest first. Of many events the newest are drawn: each step through time makes other ones of them.

import { useState } from 'react'
import type { ContextDetails } from '../model/selectors/details'
import { MomentLink } from './MomentLink'
import { SourceLink } from './SourceLink'

/** As many as there is room for. The rest comes when asked for. */
const AT_ONCE = 40

export function EventList({ events }: { events: ContextDetails['events'] }) {
  const [isWhole, setWhole] = useState(false)
  if (events.length === 0) return <p className="quiet pad">Nothing was set or reset.</p>
  const shown = isWhole ? events : events.slice(-AT_ONCE)
  return (
    <>
      {shown.length < events.length && (
        <button type="button" className="link pad" onClick={() => setWhole(true)}>
          Show earlier ({events.length - shown.length} left)
        </button>
      )}
      <ol className="events">
        {shown.map(({ seq, at, label, stack }) => (
          <li key={seq}>
            <MomentLink seq={seq} at={at} />
            <span className="event">{label}</span>
            <SourceLink stack={stack} />
          </li>
        ))}
      </ol>
    </>
  )
}
