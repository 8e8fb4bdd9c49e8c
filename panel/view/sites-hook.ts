// Always recorded sites, as components read them; null where the host has none.

import { useSyncExternalStore } from 'react'
import { CLOSED_PAGE, type SitesPicture } from '../host/recorded-sites'
import { useSessionState } from '../session/hooks'
import { useHost } from './host-context'

const nothingToHear = () => () => {}

export function useSitesPicture(): SitesPicture | null {
  const { sites } = useHost()
  const picture = useSyncExternalStore(sites?.subscribe ?? nothingToHear, () => sites?.picture ?? null)
  // Of a page that is closed to extensions the host hears nothing, not even that it came.
  const closed = useSessionState(({ page }) => page.link.state === 'unreachable')
  return picture !== null && closed ? { ...picture, page: CLOSED_PAGE } : picture
}
