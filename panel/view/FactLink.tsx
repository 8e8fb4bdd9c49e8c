// The number of a fact: a link that shows everything as it was just after it.

import { useSession } from '../session/hooks'
import { grouped } from './words'

export function FactLink({ seq }: { seq: number }) {
  const session = useSession()
  const number = grouped(seq)
  const words = `Show everything as it was after fact ${number}`
  return (
    <button type="button" className="link seq" title={words} aria-label={words} onClick={() => session.lookBack(seq)}>
      {number}
    </button>
  )
}
