// Always recorded sites, as components read them; null where the host has none.

import { useSyncExternalStore } from 'react'
import type { SitesPicture } from '../host/recorded-sites'
import { useHost } from './host-context'

const nothingToHear = () => () => {}

export function useSitesPicture(): SitesPicture | null {
  const { sites } = useHost()
  return useSyncExternalStore(sites?.subscribe ?? nothingToHear, () => sites?.picture ?? null)
}
