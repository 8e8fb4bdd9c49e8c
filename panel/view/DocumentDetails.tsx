// Everything about a document of the page, or a worker, whose row is selected: its address, since when it is recorded, and whether that
// is complete; or why it is not.

import type { WorkerNote } from '../../runtime/protocol'
import { completeness } from '../model/selectors/completeness'
import { useDocuments, useSession } from '../session/hooks'
import type { DocumentKey } from '../session/state'
import { FrameIcon, WorkerIcon } from './icons'
import { ProblemCounts } from './Problems'
import { count, moment } from './words'
import { workerKindWords, workerTrouble } from './worker-words'

export function DocumentDetails({ document }: { document: DocumentKey }) {
  const session = useSession()
  const documents = useDocuments()
  const shown = documents.find(({ key }) => key === document)
  if (shown === undefined) return <p className="quiet pad">This document is gone.</p>
  const { feed, gone, kind, name, url, worker } = shown
  const { head } = feed.timeline
  const trouble = worker === null || gone ? null : workerTrouble(worker)
  const isRecorded = worker === null || head.runtime !== null
  return (
    <>
      <h2 className="title">
        {worker === null ? <FrameIcon /> : <WorkerIcon />}
        {name}
        <span className="number">{kind === 'page' ? pageWords(gone) : placeWords(worker)}</span>
        {gone && <span className="chip ended">{worker === null ? 'gone' : 'ended'}</span>}
      </h2>
      {trouble !== null && <p className="pad">{trouble}</p>}
      <dl className="origins">
        {URL.canParse(url) && (
          <div>
            <dt>Address</dt>
            <dd>{url}</dd>
          </div>
        )}
        {isRecorded && (
          <>
            <div>
              <dt>Recorded</dt>
              <dd>{recordedSince(head.runtime)}</dd>
            </div>
            <div>
              <dt>Facts</dt>
              <dd>
                {completeness(head).sentence}
                {gone && '; what it stated last may not have been read'}
              </dd>
            </div>
          </>
        )}
      </dl>
      {isRecorded && (
        <>
          <p className="pad">
            {count(head.contexts.size, 'context')} <ProblemCounts findings={feed.judgement.findings} />
          </p>
          <p className="pad">
            <button type="button" className="prominent" onClick={() => session.followDocument(document)}>
              Show its contexts
            </button>
          </p>
        </>
      )}
    </>
  )
}

const pageWords = (gone: boolean): string => (gone ? 'a page that was left' : 'the page itself')

const placeWords = (worker: WorkerNote | null): string =>
  worker === null ? 'document in a frame' : workerKindWords[worker.kind]

function recordedSince(runtime: { late: boolean; at: Parameters<typeof moment>[0] } | null): string {
  if (runtime === null) return 'no runtime was recorded'
  return runtime.late ? `since ${moment(runtime.at)} after it was opened` : 'from its start'
}
