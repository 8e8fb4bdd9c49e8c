// What somebody muted: folded away, never gone. Each says why, and can be counted again.

import { type RefObject, useEffect, useRef } from 'react'
import type { Finding } from '../model/finding'
import type { Muted } from '../model/mutes'
import { useSession } from '../session/hooks'
import { ProblemTitle } from './ProblemTitle'
import { grouped } from './words'

/** Where the focus goes when what it was on is there no more: to what is muted, or to the problem with this id, as soon as that is there. */
export type TurnTo = 'muted' | { id: string } | null

export function MutedProblems({ muted, turnTo }: { muted: readonly Muted[]; turnTo: RefObject<TurnTo> }) {
  const session = useSession()
  const head = useRef<HTMLElement>(null)
  useEffect(() => {
    if (turnTo.current !== 'muted' || muted.length === 0) return
    turnTo.current = null
    head.current?.focus()
  }, [muted, turnTo])
  if (muted.length === 0) return null
  return (
    <details className="muted">
      <summary ref={head}>{grouped(muted.length)} muted</summary>
      <ul>
        {muted.map(({ finding, mute }) => (
          <li key={finding.id} className="muted-problem">
            <ProblemTitle finding={finding} />
            <span className="reason">— {mute.reason === '' ? 'no reason given' : mute.reason}</span>
            <button
              type="button"
              className="link"
              aria-label={`Unmute ${finding.title}`}
              onClick={() => {
                turnTo.current = { id: toldBy(muted, { finding, mute }).id }
                session.unmute(mute)
              }}
            >
              Unmute
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What is muted with another finding is told with it again. */
const toldBy = (muted: readonly Muted[], { finding, mute }: Muted): Finding =>
  muted.find((one) => one.mute === mute && one.finding.rule === mute.rule && finding.rule !== mute.rule)?.finding ??
  finding
