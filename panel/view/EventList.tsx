// What happened in a context, oldest first.

import type { ContextDetails } from '../model/selectors/details'
import { SourceLink } from './SourceLink'
import { moment } from './words'

export function EventList({ events }: { events: ContextDetails['events'] }) {
  if (events.length === 0) return <p className="quiet pad">Nothing was set or reset.</p>
  return (
    <ol className="events">
      {events.map(({ seq, at, label, stack }) => (
        <li key={seq}>
          <time title={`fact ${seq.toLocaleString('en')}`}>{moment(at)}</time>
          <span className="event">{label}</span>
          <SourceLink stack={stack} />
        </li>
      ))}
    </ol>
  )
}
