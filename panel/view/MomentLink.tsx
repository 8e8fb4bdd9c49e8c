// The time of a fact: a link that shows everything as it was then, and may turn to a context.

import { memo } from 'react'
import type { ContextId, Millis, Seq } from '../../runtime/protocol'
import { useSession } from '../session/hooks'
import { grouped, moment } from './words'

interface Props {
  seq: Seq
  at: Millis
  context?: ContextId | null
}

/** There are hundreds in a list that is drawn again and again. */
export const MomentLink = memo(function MomentLink({ seq, at, context = null }: Props) {
  const session = useSession()
  const look = () => {
    session.lookBack(seq)
    if (context !== null) session.reveal(context)
  }
  return (
    <button
      type="button"
      className="link moment"
      title={`Show everything as it was after fact ${grouped(seq)}`}
      onClick={look}
    >
      <time>{moment(at)}</time>
    </button>
  )
})
