// How pages are to be recorded, as components read it.

import { useSyncExternalStore } from 'react'
import type { Choices } from '../host/recording-choices'
import { useHost } from './host-context'

export function useChoices(): Choices {
  const { recording } = useHost()
  return useSyncExternalStore(recording.subscribe, () => recording.choices)
}
