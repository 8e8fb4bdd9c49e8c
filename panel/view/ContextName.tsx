// What a context is called. Tasks have names of their own; of whatever else there are many alike, and the number tells which.

import type { ContextId, ContextKind } from '../../runtime/protocol'
import { contextLabel } from '../model/selectors/tree'
import { useFeed } from '../session/hooks'

export const isNamed = (kind: ContextKind) => kind === 'task' || kind === 'base'

export function ContextName({ context }: { context: ContextId }) {
  const { world } = useFeed()
  const kind = world.contexts.get(context)?.kind
  const label = contextLabel(world, context)
  if (kind === undefined || isNamed(kind)) return label
  return (
    <>
      {label} <span className="number">{context}</span>
    </>
  )
}
