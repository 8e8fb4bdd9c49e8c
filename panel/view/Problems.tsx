// What the rules found, grouped by how bad it is, and what they cannot tell.

import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Finding, Severity } from '../model/finding'
import { useFeed, useSessionState } from '../session/hooks'
import { isBeingJudged } from '../session/state'
import { cannotTell } from './cannot-tell'
import { SeverityIcon } from './icons'
import { MutedProblems, type TurnTo } from './MutedProblems'
import { OtherDocuments, useOthersWithProblems } from './OtherDocuments'
import { Problem } from './Problem'
import { count, grouped, severityWords } from './words'

const ORDER: readonly Severity[] = ['error', 'warning', 'info']

export function Problems() {
  const { judgement, outline } = useFeed()
  const judging = useSessionState(isBeingJudged)
  const reading = outline !== null
  const { findings, muted, unknown } = judgement
  const elsewhere = useOthersWithProblems().length > 0
  const turnTo = useRef<TurnTo>(null)
  // What was muted or unmuted is in the next judgement, below; what did not take the focus then is not to take it later.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each judgement
  useEffect(() => {
    turnTo.current = null
  }, [judgement])
  return (
    <div className="problem-groups">
      {ORDER.map((severity) => (
        <Group
          key={severity}
          severity={severity}
          findings={findings.filter((one) => one.severity === severity)}
          turnTo={turnTo}
        />
      ))}
      {judging && <p className="quiet pad">Looking for problems at this moment…</p>}
      {reading && <p className="quiet pad">Problems are looked for when the recording has been read.</p>}
      {findings.length === 0 && !judging && !reading && (
        <p className="quiet pad">
          No {muted.length > 0 ? 'other problems' : 'problems'} found{elsewhere ? ' in this document' : ''}.
        </p>
      )}
      <MutedProblems muted={muted} turnTo={turnTo} />
      <Unknown whys={unknown.map(({ why }) => why)} />
      <OtherDocuments />
    </div>
  )
}

/** Of this document and of the others, as the list has them. */
export function AllProblemCounts() {
  const { judgement } = useFeed()
  const others = useOthersWithProblems()
  return (
    <ProblemCounts
      findings={[judgement, ...others.map(({ feed }) => feed.judgement)].flatMap(({ findings }) => findings)}
    />
  )
}

export function ProblemCounts({ findings }: { findings: readonly Finding[] }) {
  return ORDER.map((severity) => {
    const many = findings.filter((one) => one.severity === severity).length
    if (many === 0) return null
    const { one, several } = severityWords[severity]
    return (
      <span key={severity} className="tally" title={count(many, one, several)}>
        <SeverityIcon severity={severity} />
        {many}
      </span>
    )
  })
}

/** What nobody can say of this recording. */
function Unknown({ whys }: { whys: readonly string[] }) {
  return cannotTell(whys).map((sentence) => (
    <p key={sentence} className="quiet pad unknown">
      {sentence}
    </p>
  ))
}

/** More than anybody reads at once; the rest comes when asked for. */
const AT_ONCE = 100

function Group({
  severity,
  findings,
  turnTo,
}: {
  severity: Severity
  findings: readonly Finding[]
  turnTo: RefObject<TurnTo>
}) {
  const [limit, setLimit] = useState(AT_ONCE)
  if (findings.length === 0) return null
  const { one, several } = severityWords[severity]
  return (
    <section className="problem-group">
      <h3>{count(findings.length, one, several)}</h3>
      <ul>
        {findings.slice(0, limit).map((finding) => (
          <Problem key={finding.id} finding={finding} turnTo={turnTo} />
        ))}
      </ul>
      {findings.length > limit && (
        <button type="button" className="link pad" onClick={() => setLimit(limit + AT_ONCE)}>
          Show more ({grouped(findings.length - limit)} left)
        </button>
      )}
    </section>
  )
}
