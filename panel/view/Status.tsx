// How the link stands, since when is recorded, and whether anything is missing: always one honest line.

import { type Completeness, completeness, factsSentence } from '../model/selectors/completeness'
import { contextLabel } from '../model/selectors/tree'
import type { FeedState } from '../session/feed'
import { useDocuments, useFeed, useRoad, useSession, useSessionState } from '../session/hooks'
import { pausedContext, pausedIn } from '../session/state'
import { assertUnreachable } from './assert-unreachable'
import { useHost } from './host-context'
import { CurrentIcon } from './icons'
import { count, grouped, levelWords, moment, wallTime } from './words'

export function Status() {
  const feed = useFeed()
  const silent = useRoad(({ log }) => log?.silent ?? 0)
  const session = useSession()
  const file = useSessionState((state) => state.file)
  const paused = useSessionState(pausedContext)
  const shown = useSessionState((state) => state.document)
  const elsewhere = useDocuments().find(({ key, feed }) => key !== shown && pausedIn(feed) !== null)
  const { withheld } = useHost()
  const closed = useSessionState((state) =>
    state.file === null && withheld.includes('frames') ? state.closedFrames : 0,
  )
  const { head } = feed.timeline
  const facts = completeness(head)
  return (
    <div role="status" className={`status ${isRefused(feed) ? 'refused' : feed.link.state}`}>
      <span className="dot" />
      <span className="link-state">{file ? 'Recording from a file' : linkWords(feed)}</span>
      {head.seq > 0 && !isRefused(feed) && (
        // It changes many times a second: to be looked up, not to be read out.
        <span
          aria-live="off"
          className={facts.lost > 0 ? 'completeness gap' : 'completeness'}
          title={[...factsWords(facts), ...stackWords(feed), ...callbackWords(silent)].join(' · ')}
        >
          {factsSentence(facts)}
        </span>
      )}
      {paused !== null && (
        <button type="button" className="chip paused" onClick={() => session.reveal(paused)}>
          <CurrentIcon />
          Paused in {contextLabel(head, paused)}
        </button>
      )}
      {closed > 0 && (
        <span className="chip" title="The browser lets this panel into no frame of another origin.">
          {count(closed, 'frame')} not seen
        </span>
      )}
      {elsewhere !== undefined && (
        <button type="button" className="chip paused" onClick={() => session.followDocument(elsewhere.key)}>
          <CurrentIcon />
          Paused in {elsewhere.name}
        </button>
      )}
    </div>
  )
}

/** A recorder answers, but it was not let near the runtime that this page has. */
function isRefused({ link, timeline: { head } }: FeedState): boolean {
  return link.state === 'live' && head.runtime === null && head.refused.length > 0
}

function linkWords(feed: FeedState): string {
  const { link, timeline, silentSince } = feed
  const { runtime } = timeline.head
  switch (link.state) {
    case 'looking':
      return silentSince === null ? 'Looking at the page…' : 'The page is loading…'
    case 'live':
      if (isRefused(feed)) return 'Not recorded'
      if (runtime === null) return 'Recording'
      return runtime.late ? `Recorded since ${moment(runtime.at)}` : 'Recorded from the start'
    case 'no-runtime':
      return silentSince === null ? 'Not recorded' : `Not recorded since ${wallTime(silentSince)}`
    case 'unreachable':
      return 'Out of reach'
    case 'lost':
      return silentSince === null ? 'No answer' : `No answer since ${wallTime(silentSince)}`
    case 'closed':
      return 'Recording from a file'
    default:
      return assertUnreachable(link)
  }
}

const stackWords = ({ timeline }: FeedState): string[] =>
  [levelWords(timeline.head.level)].filter((part) => part !== null)

const callbackWords = (silent: number): string[] => (silent > 0 ? [`${count(silent, 'callback')} touched nothing`] : [])

const factsWords = ({ lost, letGo }: Completeness) => [
  lost > 0
    ? 'What the page no longer had when it was asked, or what happened before the recorder came'
    : 'Every fact since the recording began was read',
  ...(letGo > 0 ? [`those up to ${grouped(letGo)} are kept no more, with what was over by then`] : []),
]
