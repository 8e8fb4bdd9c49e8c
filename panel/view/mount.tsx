// Puts the panel on a page. Returns what takes it away again.

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Host } from '../host/host'
import { SessionProvider } from '../session/hooks'
import type { Session } from '../session/session'
import { HostProvider } from './host-context'
import { Notices } from './Notices'
import { Panel } from './Panel'
import './style/theme.css'
import './style/layout.css'
import './style/controls.css'
import './style/tree.css'
import './style/details.css'
import './style/problems.css'
import './style/events.css'
import './style/menus.css'
import './style/variables.css'
import './style/comparison.css'

export function mountPanel(element: Element, session: Session, host: Host): () => void {
  const root = createRoot(element)
  root.render(
    <StrictMode>
      <HostProvider value={host}>
        <SessionProvider value={session}>
          <Notices>
            <Panel />
          </Notices>
        </SessionProvider>
      </HostProvider>
    </StrictMode>,
  )
  return () => root.unmount()
}
