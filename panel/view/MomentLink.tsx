// The time of a fact: a link that shows everything as it was then.

import type { Millis, Seq } from '../../runtime/protocol'
import { useSession } from '../session/hooks'
import { moment } from './words'

export function MomentLink({ seq, at, onLook }: { seq: Seq; at: Millis; onLook?: () => void }) {
  const session = useSession()
  const look = () => {
    session.lookBack(seq)
    onLook?.()
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
