// What happened in a context, oldest first.

import type { ContextDetails } from '../model/selectors/details'
import { MomentLink } from './MomentLink'
import { SourceLink } from './SourceLink'

export function EventList({ events }: { events: ContextDetails['events'] }) {
  if (events.length === 0) return <p className="quiet pad">Nothing was set or reset.</p>
  return (
    <ol className="events">
      {events.map(({ seq, at, label, stack }) => (
        <li key={seq}>
          <MomentLink seq={seq} at={at} />
          <span className="event">{label}</span>
          <SourceLink stack={stack} />
        </li>
      ))}
    </ol>
  )
}
