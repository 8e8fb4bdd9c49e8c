// One finding: its title, and when opened what happened, how to mend it, and the facts that prove it, each leading to its place. Why it matters
// at all comes last: it is the same for every case. To mute it comes first, one Tab from the title: who knows it needs none of the rest.

import { type RefObject, useEffect, useId, useRef } from 'react'
import type { Evidence, Finding } from '../model/finding'
import { repeatsText } from '../model/selectors/repeats'
import { whyItMatters } from '../model/selectors/rule-words'
import { contextLabel } from '../model/selectors/tree'
import { useFeed, useSession, useSessionState } from '../session/hooks'
import { CopyTest } from './CopyTest'
import { Crossing } from './Crossing'
import { FactLink } from './FactLink'
import { Fix } from './Fix'
import { Twisty } from './icons'
import type { TurnTo } from './MutedProblems'
import { MuteForm } from './MuteForm'
import { NumberedContexts } from './NumberedContexts'
import { ProblemTitle } from './ProblemTitle'
import { Prose } from './Prose'
import { SourceLink } from './SourceLink'

export function Problem({ finding, turnTo }: { finding: Finding; turnTo: RefObject<TurnTo> }) {
  const session = useSession()
  const open = useSessionState((state) => state.problem === finding.id)
  const { timeline } = useFeed()
  const repeats = open ? repeatsText(timeline.head, finding) : null
  const body = useId()
  const item = useRef<HTMLLIElement>(null)
  const head = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    // All of it where it fits; where it does not, its title.
    item.current?.scrollIntoView({ block: 'nearest' })
    head.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  useEffect(() => {
    if (typeof turnTo.current !== 'object' || turnTo.current?.id !== finding.id) return
    turnTo.current = null
    head.current?.focus()
  }, [finding, turnTo])
  return (
    <li ref={item} className={open ? 'problem open' : 'problem'}>
      <button
        ref={head}
        type="button"
        className="problem-head"
        aria-expanded={open}
        aria-controls={open ? body : undefined}
        onClick={() => session.openProblem(open ? null : finding.id)}
      >
        <Twisty open={open} />
        <ProblemTitle finding={finding} />
      </button>
      {open && (
        <div id={body} className="problem-body">
          <MuteForm
            finding={finding}
            onMute={() => {
              turnTo.current = 'muted'
            }}
          />
          <p>
            <Prose text={finding.what} words={(piece) => <NumberedContexts text={piece} />} />
          </p>
          <p className="advice">
            <Prose text={finding.advice} />
          </p>
          {finding.fix.length > 0 && <Fix fix={finding.fix} />}
          {repeats !== null && <p className="repeats">{repeats}</p>}
          {finding.crossing && <Crossing crossing={finding.crossing} />}
          <ol className="evidence">
            {finding.evidence.map((evidence) => (
              <EvidenceRow key={`${evidence.seq} ${evidence.label}`} evidence={evidence} />
            ))}
          </ol>
          <p className="meaning">
            <Prose text={whyItMatters(finding.rule)} />
          </p>
          <CopyTest finding={finding} />
        </div>
      )}
    </li>
  )
}

function EvidenceRow({ evidence }: { evidence: Evidence }) {
  const session = useSession()
  const { world } = useFeed()
  const { context, label, seq, stack } = evidence
  return (
    <li>
      <FactLink seq={seq} />
      {context === null ? (
        <span className="event">{label}</span>
      ) : (
        <button
          type="button"
          className="link event"
          title={`Show ${contextLabel(world, context)}`}
          onClick={() => session.reveal(context)}
        >
          {label}
        </button>
      )}
      <SourceLink stack={stack} />
    </li>
  )
}
