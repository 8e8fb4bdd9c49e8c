// The numbers by which a sentence tells namesakes apart, `(context 32)`, are links: nobody has to look for a number in the tree.

import type { ContextId } from '../../runtime/protocol'
import { contextLabel } from '../model/selectors/tree'
import { useFeed, useSession } from '../session/hooks'

export function NumberedContexts({ text }: { text: string }) {
  const session = useSession()
  const { world } = useFeed()
  // Every other piece names one.
  return text.split(/(?<=\()(context \d+)(?=\))/).map((piece, place) => {
    const named = place % 2 === 0 ? undefined : world.contexts.get(Number(piece.slice('context '.length)) as ContextId)
    if (named === undefined) return piece
    return (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence do not move
        key={place}
        type="button"
        className="link"
        title={`Show ${contextLabel(world, named.id)}`}
        onClick={() => session.reveal(named.id)}
      >
        {piece}
      </button>
    )
  })
}
