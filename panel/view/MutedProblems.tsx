// What somebody muted: folded away, never gone. Each says why, and can be counted again.

import { type RefObject, useEffect, useRef } from 'react'
import type { Muted } from '../model/mutes'
import { useSession } from '../session/hooks'
import { ProblemTitle } from './ProblemTitle'

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
      <summary ref={head}>{muted.length.toLocaleString('en')} muted</summary>
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
                turnTo.current = { id: finding.id }
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
