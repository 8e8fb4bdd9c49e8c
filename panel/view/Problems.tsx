// What the rules found, grouped by how bad it is; what they cannot tell; and a word for those who cannot see when something new
// is found.

import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Finding, Severity } from '../model/finding'
import { useFeed } from '../session/hooks'
import { cannotTell } from './cannot-tell'
import { SeverityIcon } from './icons'
import { MutedProblems, type TurnTo } from './MutedProblems'
import { OtherDocuments } from './OtherDocuments'
import { Problem } from './Problem'
import { count, severityWords } from './words'

const ORDER: readonly Severity[] = ['error', 'warning', 'info']

export function Problems() {
  const { judgement, epoch } = useFeed()
  const { findings, muted, unknown } = judgement
  const turnTo = useRef<TurnTo>(null)
  // What was muted or unmuted is in the next judgement, below; what did not take the focus then is not to take it later.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each judgement
  useEffect(() => {
    turnTo.current = null
  }, [judgement])
  return (
    <section className="problems" aria-label="Problems">
      <header className="part-head">
        <h2>Problems</h2>
        <ProblemCounts findings={findings} />
      </header>
      <Announcements key={epoch} findings={findings} />
      <div className="problem-groups">
        {ORDER.map((severity) => (
          <Group
            key={severity}
            severity={severity}
            findings={findings.filter((one) => one.severity === severity)}
            turnTo={turnTo}
          />
        ))}
        {findings.length === 0 && (
          <p className="quiet pad">No {muted.length > 0 ? 'other problems' : 'problems'} found.</p>
        )}
        <MutedProblems muted={muted} turnTo={turnTo} />
        <Unknown whys={unknown.map(({ why }) => why)} />
        <OtherDocuments />
      </div>
    </section>
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
          Show more ({(findings.length - limit).toLocaleString('en')} left)
        </button>
      )}
    </section>
  )
}

function Announcements({ findings }: { findings: readonly Finding[] }) {
  const known = useRef<ReadonlySet<string> | null>(null)
  const [words, setWords] = useState('')
  useEffect(() => {
    const before = known.current
    known.current = new Set(findings.map(({ id }) => id))
    const fresh = findings.filter(({ id }) => !before?.has(id))
    if (fresh.length === 0) return
    const titles = fresh.slice(0, 3).map(({ title }) => title)
    setWords(`${count(fresh.length, 'new problem')}: ${titles.join('; ')}`)
  }, [findings])
  return (
    <div className="heard-only" aria-live="polite">
      {words}
    </div>
  )
}
