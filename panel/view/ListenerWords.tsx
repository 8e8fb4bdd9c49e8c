// In which context the listeners of the page that is shown run, which is the choice of whoever installed its runtime.

import type { ListenerPolicy } from '../../runtime/protocol'
import { useFeed } from '../session/hooks'

const policyWords: Record<ListenerPolicy, string> = {
  cause: 'as their event’s cause suggests',
  registration: 'in a copy of the context that they were added in',
  dispatch: 'where their event is dispatched',
}

export function ListenerWords() {
  const { runtime, propagation } = useFeed().timeline.head
  if (runtime === null || runtime.origin === 'zone.js' || propagation === null) return null
  const by = runtime.origin === 'application' ? ', as its application installed it' : ''
  return (
    <p className="quiet">
      The listeners of what is shown run {policyWords[propagation.events]}
      {by}.
    </p>
  )
}
