// Goes through what was recorded: every fact has its place on the line, those that prove a problem are marked, and whatever is shown
// above and below is as it was there. At its right end it is live again.

import { useEffect, useMemo, useRef } from 'react'
import { factLabel } from '../model/selectors/fact-labels'
import type { FactList } from '../model/selectors/fact-list'
import { useSession, useSessionState } from '../session/hooks'
import { newestFeed } from '../session/state'
import { StepBackIcon, StepOnIcon } from './icons'
import { grouped, moment } from './words'

/** More than can be told apart on the line. */
const MOST_MARKS = 200

export function Scrubber({ list }: { list: FactList }) {
  const session = useSession()
  const { timeline } = useSessionState(newestFeed)
  const past = useSessionState((state) => state.past)
  const isFile = useSessionState((state) => state.file !== null)
  const { facts, head } = timeline
  const place = past === null ? facts.length : timeline.position(past.seq)
  const fact = past === null ? null : timeline.factAt(past.seq)
  const listed = past === null ? list.length - 1 : list.indexAt(past.seq)
  // Between two events, the one before is the one that a step back leads to.
  const isListed = past === null || list.fact(listed)?.seq === past.seq
  const earlier = list.fact(isListed ? listed - 1 : listed)
  const later = past === null ? null : list.fact(listed + 1)
  const words = fact === null ? 'Before the first fact' : factLabel(head, fact)

  const turnTo = (to: number) => {
    if (to >= facts.length) session.goLive()
    else session.lookBack(to === 0 ? (facts[0]?.seq ?? 1) - 1 : (facts[to - 1]?.seq ?? 0))
  }

  const stepBack = () => {
    if (earlier !== null) session.lookBack(earlier.seq)
  }
  const stepOn = () => {
    if (past === null || (later === null && !list.isComplete)) return
    if (later === null) session.goLive()
    else session.lookBack(later.seq)
  }
  useShortcuts({ ArrowLeft: stepBack, ArrowRight: stepOn, End: session.goLive })

  return (
    <section className={past === null ? 'scrubber' : 'scrubber back'} aria-label="Moment">
      <button
        type="button"
        className="icon-button"
        title="Previous event (Alt+←)"
        aria-disabled={earlier === null}
        onClick={stepBack}
      >
        <StepBackIcon />
        <span className="heard-only">Previous event</span>
      </button>
      <button
        type="button"
        className="icon-button"
        title="Next event (Alt+→)"
        aria-disabled={past === null}
        onClick={stepOn}
      >
        <StepOnIcon />
        <span className="heard-only">Next event</span>
      </button>
      <span className="scrub-line">
        <Marks />
        <input
          type="range"
          aria-label="Moment that is shown"
          min={0}
          max={facts.length}
          step={1}
          value={place}
          aria-valuetext={past === null ? (isFile ? 'the end' : 'live') : `fact ${past.seq}, ${words}`}
          onChange={(event) => turnTo(Number(event.target.value))}
        />
      </span>
      {past === null ? (
        <span className="scrub-words">{isFile ? 'The end' : 'Live'}</span>
      ) : (
        <>
          <span className="scrub-words">
            {fact !== null && <time>{moment(fact.at)}</time>} <span className="seq">{grouped(past.seq)}</span> {words}
          </span>
          <button
            type="button"
            className="inline"
            title="Show what goes on again (Alt+End)"
            onClick={() => session.goLive()}
          >
            {isFile ? 'To the end' : 'Back to live'}
          </button>
        </>
      )}
    </section>
  )
}

/** Keys with Alt, wherever the focus is. */
function useShortcuts(actions: Record<string, () => void>) {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      const isPlain = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
      const action = isPlain ? latest.current[event.key] : undefined
      // In a text they go from word to word.
      const inText = event.target instanceof Element && event.target.matches('input[type="text"], textarea, select')
      if (action === undefined || inText) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', handle)
    return () => removeEventListener('keydown', handle)
  }, [])
}

/** Where on the line the problems are: each at the fact that proves it last. */
function Marks() {
  const { timeline, judgement, version } = useSessionState(newestFeed)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline is edited in place, its version says when
  const marks = useMemo(() => {
    const { length } = timeline.facts
    return judgement.findings.slice(0, MOST_MARKS).flatMap(({ id, severity, evidence }) => {
      const seq = evidence.at(-1)?.seq
      return seq === undefined || length === 0 ? [] : [{ id, severity, share: timeline.position(seq) / length }]
    })
  }, [timeline, judgement, version])
  return marks.map(({ id, severity, share }) => (
    <span key={id} className={`mark severity-${severity}`} style={{ insetInlineStart: `${100 * share}%` }} />
  ))
}
