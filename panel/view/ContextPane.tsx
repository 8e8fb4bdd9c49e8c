// The pane beside the paused line: the context that is current there, and what it holds. It is small and says one thing; whatever
// else there is to know is in the panel.

import { type ReactNode, useEffect } from 'react'
import { contextLabel } from '../model/selectors/tree'
import { useDetails, useFeed, useSession, useSessionState, useTaskAround } from '../session/hooks'
import { pausedContext } from '../session/state'
import { assertUnreachable } from './assert-unreachable'
import { Path } from './ContextDetails'
import { ContextLink } from './ContextLink'
import { CurrentIcon, KindIcon } from './icons'
import { RecordButton } from './RecordButton'
import { ValueTable } from './ValueTable'
import { kindWords } from './words'

export function ContextPane() {
  const paused = useSessionState(pausedContext)
  const session = useSession()
  // Another pause is another question: what was looked up at the last one is over.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it says when
  useEffect(() => session.followCurrent(), [session, paused])
  return (
    <main className="context-pane details" aria-label="Context at the paused line">
      {paused === null ? <Standing /> : <AtTheLine />}
    </main>
  )
}

function AtTheLine() {
  const session = useSession()
  const details = useDetails()
  const paused = useSessionState(pausedContext)
  const { world } = useFeed()
  const task = useTaskAround(paused)
  if (details === null || paused === null) return null
  const isHere = details.context === paused
  return (
    <>
      <Path details={details} />
      <h2 className="title">
        <KindIcon kind={details.kind} />
        {details.label}
        <span className="number">context {details.context}</span>
        {isHere ? (
          <span className="chip paused">
            <CurrentIcon />
            paused here
          </span>
        ) : (
          <button type="button" className="inline" onClick={() => session.followCurrent()}>
            Back to {contextLabel(world, paused)}
          </button>
        )}
      </h2>
      <dl className="origins">
        <div>
          <dt>Kind</dt>
          <dd>
            {kindWords[details.kind]}
            {details.api && details.api !== details.label ? <code> {details.api}</code> : null}
          </dd>
        </div>
        {isHere && task !== null && task !== paused && (
          <div>
            <dt>Task</dt>
            <dd>
              <ContextLink context={task} />
            </dd>
          </div>
        )}
      </dl>
      {details.rows.length === 0 ? (
        <p className="quiet pad">It holds nothing.</p>
      ) : (
        <ValueTable context={details.context} rows={details.rows} brief />
      )}
    </>
  )
}

/** Why there is nothing to see, in one sentence. */
function Standing() {
  const { link, timeline } = useFeed()
  switch (link.state) {
    case 'looking':
      return <Words>Looking at the page…</Words>
    case 'no-runtime':
      return link.unrecorded ? (
        <Words mend>This page is not recorded: reload it here, or open the Contextvars panel.</Words>
      ) : (
        <Words mend>This page brings no contextvars runtime that could be recorded.</Words>
      )
    case 'unreachable':
      return <Words>Extensions may not run on this page: {link.why}</Words>
    case 'lost':
      return <Words>{link.why}</Words>
    case 'live':
      return timeline.head.contexts.size === 0 ? (
        <Words>The page has not used contextvars since it was loaded.</Words>
      ) : (
        <Words>
          The page runs, or stands in its base context: pause it in a task, a callback or a run to see the context at
          that line.
        </Words>
      )
    case 'closed':
      return null
    default:
      return assertUnreachable(link)
  }
}

function Words({ children, mend = false }: { children: ReactNode; mend?: boolean }) {
  return (
    <>
      <p className="pad" role="status">
        {children}
      </p>
      {mend && <RecordButton compact />}
    </>
  )
}
