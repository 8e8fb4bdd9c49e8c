// What was found in the documents that are not shown: a line each, which leads there.

import { useDocuments, useSession, useSessionState } from '../session/hooks'
import { ProblemCounts } from './Problems'

export function useOthersWithProblems() {
  const shown = useSessionState((state) => state.document)
  return useDocuments().filter(({ key, feed }) => key !== shown && feed.judgement.findings.length > 0)
}

export function OtherDocuments() {
  const session = useSession()
  const others = useOthersWithProblems()
  if (others.length === 0) return null
  return (
    <ul className="other-documents pad">
      {others.map(({ key, kind, gone, name, feed }) => (
        <li key={key} className="other-document">
          <button type="button" className="link" onClick={() => session.followDocument(key)}>
            In {kind === 'page' && gone ? 'the page ' : ''}
            {name}
          </button>{' '}
          <ProblemCounts findings={feed.judgement.findings} />
        </li>
      ))}
    </ul>
  )
}
