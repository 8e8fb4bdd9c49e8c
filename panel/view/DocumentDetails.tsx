// Everything about a document of the page whose row is selected: its address, since when it is recorded, and whether that is complete.

import { completeness } from '../model/selectors/completeness'
import { useDocuments, useSession } from '../session/hooks'
import type { DocumentKey } from '../session/state'
import { FrameIcon } from './icons'
import { ProblemCounts } from './Problems'
import { count, moment } from './words'

export function DocumentDetails({ document }: { document: DocumentKey }) {
  const session = useSession()
  const documents = useDocuments()
  const shown = documents.find(({ key }) => key === document)
  if (shown === undefined) return <p className="quiet pad">This document is gone.</p>
  const { feed, gone, kind, name, url } = shown
  const { head } = feed.timeline
  return (
    <>
      <h2 className="title">
        <FrameIcon />
        {name}
        <span className="number">{what[kind][gone ? 'gone' : 'there']}</span>
        {gone && <span className="chip ended">gone</span>}
      </h2>
      <dl className="origins">
        {URL.canParse(url) && (
          <div>
            <dt>Address</dt>
            <dd>{url}</dd>
          </div>
        )}
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
      </dl>
      <p className="pad">
        {count(head.contexts.size, 'context')} <ProblemCounts findings={feed.judgement.findings} />
      </p>
      <p className="pad">
        <button type="button" className="prominent" onClick={() => session.followDocument(document)}>
          Show its contexts
        </button>
      </p>
    </>
  )
}

const what = {
  page: { there: 'the page itself', gone: 'a page that was left' },
  frame: { there: 'document in a frame', gone: 'document in a frame' },
}

function recordedSince(runtime: { late: boolean; at: Parameters<typeof moment>[0] } | null): string {
  if (runtime === null) return 'no runtime was recorded'
  return runtime.late ? `since ${moment(runtime.at)} after it was opened` : 'from its start'
}
