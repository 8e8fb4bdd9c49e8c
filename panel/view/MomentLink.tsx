// The time of a fact: a link that shows everything as it was then, and may turn to a context.

import type { ContextId, Millis, Seq } from '../../runtime/protocol'
import { useSession } from '../session/hooks'
import { moment } from './words'

interface Props {
  seq: Seq
  at: Millis
  context?: ContextId | null
}

export function MomentLink({ seq, at, context = null }: Props) {
  const session = useSession()
  const look = () => {
    session.lookBack(seq)
    if (context !== null) session.reveal(context)
  }
  return (
    <button
      type="button"
      className="link moment"
      title={`Show everything as it was after fact ${seq.toLocaleString('en')}`}
      onClick={look}
    >
      <time>{moment(at)}</time>
    </button>
  )
}
