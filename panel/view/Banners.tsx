// What a person must know about the recording before they believe it: one line each, with the button that mends it.

import { type ReactNode, useEffect, useState } from 'react'
import type { DocumentState } from '../session/frames'
import { useDocuments, useFeed, useSession, useSessionState } from '../session/hooks'
import { beganLate, isReloaded, TOP_DOCUMENT } from '../session/state'
import { useHost } from './host-context'
import { CloseIcon, SeverityIcon } from './icons'
import { Prose } from './Prose'
import { RecordButton } from './RecordButton'
import { count, dateAndTime, moment } from './words'

export function Banners() {
  return (
    <div className="banners">
      <OpeningFile />
      <RefusedFile />
      <OpenedFile />
      <RefusedRuntimes />
      <LateStart />
      <Propagation />
      <Silence />
    </div>
  )
}

function Banner({ tone, children }: { tone: 'info' | 'warning' | 'error'; children: ReactNode }) {
  return (
    <div className={`banner ${tone}`}>
      <SeverityIcon severity={tone} />
      <span className="banner-words">{children}</span>
    </div>
  )
}

/** Most files are open before anybody could read that they are being opened. */
const WORTH_A_WORD = 300

function OpeningFile() {
  const opening = useSessionState((state) => state.opening)
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    if (opening === null) return
    const timer = setTimeout(() => setIsLong(true), WORTH_A_WORD)
    return () => {
      clearTimeout(timer)
      setIsLong(false)
    }
  }, [opening])
  return (
    <div aria-live="polite">
      {isLong && (
        <Banner tone="info">
          Opening <strong>{opening}</strong>…
        </Banner>
      )}
    </div>
  )
}

function RefusedFile() {
  const session = useSession()
  const refusal = useSessionState((state) => state.refusal)
  if (refusal === null) return null
  return (
    <div role="alert">
      <Banner tone="error">
        <strong>{refusal.name}</strong> was not opened: <Prose text={refusal.why} />{' '}
        <button type="button" className="icon-button" title="Dismiss" onClick={() => session.dismissRefusal()}>
          <CloseIcon />
          <span className="heard-only">Dismiss</span>
        </button>
      </Banner>
    </div>
  )
}

function OpenedFile() {
  const session = useSession()
  const file = useSessionState((state) => state.file)
  const { hasPage } = useHost()
  if (file === null) return null
  const { url, exported } = file.page
  return (
    <Banner tone="info">
      Showing a recording: <strong>{file.name}</strong>
      {url && <>, of {url}</>}, exported {dateAndTime(exported)}
      {file.cut !== null && <> · {file.cut}</>}
      {file.ignored > 0 && <> · {count(file.ignored, 'fact')} not understood and left out</>}{' '}
      {hasPage && (
        <button type="button" className="inline" onClick={() => session.closeFile()}>
          Back to the page
        </button>
      )}
    </Banner>
  )
}

/** A page has a second runtime, or a third; what has more makes them up. */
const MOST_RUNTIMES = 3

function RefusedRuntimes() {
  const { timeline } = useFeed()
  const { runtime } = timeline.head
  if (runtime === null) return null
  const inPlace = runtime.origin === 'zone.js'
  return timeline.head.refused.slice(-MOST_RUNTIMES).map(({ seq, version, advice }) => (
    <Banner key={seq} tone="warning">
      {inPlace
        ? `Zones are shown, so contexts of the page’s own (version ${version}) are not: ignore zones in Settings, and record again.`
        : `A second runtime (version ${version}) is not recorded. ${advice}`}
    </Banner>
  ))
}

function LateStart() {
  const { timeline } = useFeed()
  const mend = useSessionState(beganLate)
  const kind = useShownKind()
  const wasReloaded = useSessionState(isReloaded)
  const { sites } = useHost()
  const { runtime } = timeline.head
  if (!runtime?.late) return null
  return (
    <Banner tone="info">
      The recording began {moment(runtime.at)} after the {kind === 'worker' ? 'worker was started' : 'page was opened'}:
      what happened before is not known. {mend && <RecordButton compact />}
      {mend && wasReloaded && (
        <>
          {' '}
          holds for one load: the page has loaded again since, or its first script came before the recorder
          {sites !== null && (
            <>
              ; <strong>Always record</strong> holds for every load
            </>
          )}
          .
        </>
      )}
      {kind === 'frame' && 'Frames are recorded from their first script where their site is always recorded.'}
    </Banner>
  )
}

function Propagation() {
  const { timeline } = useFeed()
  const kind = useShownKind()
  const { runtime, propagation } = timeline.head
  if (runtime === null) return null
  if (propagation === null && kind === 'worker') {
    return (
      <Banner tone="warning">
        <code>await</code> is not followed in this worker: its own code has to import{' '}
        <code>contextvars-devtools/async</code> and call <code>install()</code>. That does not bring along what the page
        set: a worker starts empty, and values come with a message through <code>carryContext</code> of{' '}
        <code>contextvars-devtools/worker</code>.
      </Banner>
    )
  }
  if (propagation === null) {
    return (
      <Banner tone="warning">
        <code>await</code> is not followed: import <code>contextvars-devtools/async</code> and call{' '}
        <code>install()</code>.
      </Banner>
    )
  }
  if (propagation.nativeAwait && propagation.limits.length === 0) return null
  return (
    <Banner tone="warning">
      {propagation.nativeAwait ? 'Contexts are not followed everywhere' : 'Native await is not followed'}
      {propagation.limits.length > 0 && `: ${propagation.limits.join('; ')}`}.
    </Banner>
  )
}

function useShownKind(): DocumentState['kind'] {
  const shown = useSessionState((state) => (state.file === null ? state.document : TOP_DOCUMENT))
  return useDocuments().find(({ key }) => key === shown)?.kind ?? 'page'
}

/** The page stopped answering while there is still something to look at. */
function Silence() {
  const { link, timeline } = useFeed()
  if (link.state !== 'lost' || timeline.facts.length === 0) return null
  return <Banner tone="warning">{link.why} What you see is the last that was heard.</Banner>
}
