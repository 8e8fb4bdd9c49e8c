// Names another context: a link that turns to it.

import type { ContextId } from '../../runtime/protocol'
import { useFeed, useSession } from '../session/hooks'
import { ContextName } from './ContextName'
import { KindIcon } from './icons'

export function ContextLink({ context, tabIndex }: { context: ContextId; tabIndex?: number }) {
  const session = useSession()
  const { world } = useFeed()
  const kind = world.contexts.get(context)?.kind ?? 'unknown'
  return (
    <button type="button" className="link context-link" tabIndex={tabIndex} onClick={() => session.reveal(context)}>
      <KindIcon kind={kind} />
      <span>
        <ContextName context={context} />
      </span>
    </button>
  )
}
