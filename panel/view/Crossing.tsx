// A token that went into another context: both sides beside each other, below the nearest context that they share.

import type { ContextId } from '../../runtime/protocol'
import type { Finding } from '../model/finding'
import { contextDetails } from '../model/selectors/details'
import { useFeed } from '../session/hooks'
import { ContextLink } from './ContextLink'

export function Crossing({ crossing }: { crossing: NonNullable<Finding['crossing']> }) {
  const { made, used, ancestor } = crossing
  return (
    <div className="crossing">
      <div className="ancestor">
        {ancestor === null ? (
          'They share no context that is known'
        ) : (
          <>
            Nearest common ancestor <ContextLink context={ancestor} />
          </>
        )}
      </div>
      <Side title="Token made in" context={made} below={ancestor} />
      <Side title="Token used in" context={used} below={ancestor} />
    </div>
  )
}

/** One side, with the contexts between it and the shared one. */
function Side({ title, context, below }: { title: string; context: ContextId; below: ContextId | null }) {
  const { world } = useFeed()
  const path = contextDetails(world, context)?.path.map((step) => step.context) ?? [context]
  const steps = path.slice(below === null ? 0 : path.indexOf(below) + 1)
  return (
    <div className="side">
      <h4>{title}</h4>
      <ol>
        {(steps.length > 0 ? steps : [context]).map((step) => (
          <li key={step}>
            <ContextLink context={step} />
          </li>
        ))}
      </ol>
    </div>
  )
}
