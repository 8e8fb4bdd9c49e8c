// In place of the tree while there is none: why, and the button that mends it.

import type { ReactNode } from 'react'
import { useFeed } from '../session/hooks'
import { assertUnreachable } from './assert-unreachable'
import { useHost } from './host-context'
import { RecordButton } from './RecordButton'
import { useSitesPicture } from './sites-hook'
import { wallTime } from './words'

export function EmptyState() {
  const { link, silentSince, timeline } = useFeed()
  switch (link.state) {
    case 'looking':
      return <Empty title="Looking at the page…">If this does not go away, the page is busy or was closed.</Empty>
    case 'no-runtime':
      return <Unrecorded since={silentSince} />
    case 'unreachable':
      return (
        <Empty title="Extensions may not run on this page">
          The browser says: <q>{link.why}</q>. Empty pages, pages of the browser itself and its web store are closed to
          all extensions; go to a page of your own.
        </Empty>
      )
    case 'lost':
      return (
        <Empty title="The page does not answer" mend>
          {link.why} It is asked again and again.
        </Empty>
      )
    case 'live':
    case 'closed': {
      const [refused] = timeline.head.refused
      if (refused) {
        return <Empty title={`Version ${refused.version} of the runtime cannot be recorded`}>{refused.advice}</Empty>
      }
      if (link.state === 'closed') return <Empty title="Nothing in this recording">It holds no context.</Empty>
      return (
        <Empty title="Recording, and nothing yet">
          The page has not used contextvars since it was loaded. Contexts appear here as soon as it does.
        </Empty>
      )
    }
    default:
      return assertUnreachable(link)
  }
}

function Unrecorded({ since }: { since: number | null }) {
  const { withheld } = useHost()
  const site = useSitesPicture()?.page
  if (site?.origin && site.standing.state === 'recorded') {
    return (
      <Empty title="Recorded from the next load on" mend>
        This site is always recorded, but the page that is open was loaded before that.
      </Empty>
    )
  }
  if (since === null) {
    return (
      <Empty title="No contexts here" mend>
        This page brings no contextvars runtime that could be recorded. A reload with the recorder records from the
        first script on, and gives the page <code>globalThis.contextvars</code>. Nothing on the page is touched until
        then.
      </Empty>
    )
  }
  return (
    <Empty title={`Not recorded since ${wallTime(since)}`} mend>
      The page navigated, and what the recorder was put into is gone.
      {site?.origin && ' It follows by itself only where a site is always recorded.'}
      {withheld.includes('sites') && ' This browser lets the panel record a site load by load only.'}
    </Empty>
  )
}

function Empty({ title, mend = false, children }: { title: string; mend?: boolean; children: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{children}</p>
      {mend && <RecordButton />}
    </div>
  )
}
