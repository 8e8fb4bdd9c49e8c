// How much of the page's memory its log takes, and how often the page is asked, or how far its facts are read. It is told apart from
// the status, which is read out when it changes: this is to be looked up.

import { useFeed, useRoad, useSessionState } from '../session/hooks'
import { isGone } from '../session/state'
import { memoryWords, paceWords } from './words'

export function Road() {
  const { link } = useFeed()
  const gone = useSessionState(isGone)
  if (link.state !== 'live' || gone) return null
  return (
    <div className="road" aria-live="off">
      <Memory />
      <Pace />
    </div>
  )
}

/** Steps of a drawing that is forty pixels wide. */
const STEPS = 40

function Memory() {
  const words = useRoad(memoryWords)
  const full = useRoad(({ log }) => (log === null ? 0 : Math.ceil((log.bytes / Math.max(log.capacity, 1)) * STEPS)))
  if (words === null) return null
  return (
    <span className="memory" title="What the page’s log takes of its memory. When it is full, the oldest facts go.">
      <meter aria-hidden="true" value={full} max={STEPS} />
      <span className="heard-only">Log: </span>
      {words}
    </span>
  )
}

function Pace() {
  const words = useRoad(paceWords)
  const read = useRoad(({ pace }) => (pace?.state === 'reading' ? Math.floor((pace.read / pace.last) * STEPS) : null))
  if (words === null) return null
  return (
    <span className="pace" title="How often the page is asked for facts: often while some come, seldom while none do">
      {read !== null && <progress aria-hidden="true" value={read} max={STEPS} />}
      {words}
    </span>
  )
}
